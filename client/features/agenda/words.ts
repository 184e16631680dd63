import { MINUTE_MS, minutesAtFirst, type Forecast } from '../../../core/domain/room/agenda-time.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { formatTime } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

/** What an item is called; one whose title was erased by its kind. */
export function titleOf(t: Translate, { title, kind }: Pick<AgendaItem, 'title' | 'kind'>): string {
  return title === '' ? t(`words:agenda.${kind}`) : title;
}

/** Its planned minutes, and what they were before any were moved. */
export function plannedWords(t: Translate, room: Room, { id, minutes }: AgendaItem): string {
  const first = minutesAtFirst(room, id);
  return first === minutes
    ? t('room:timer.planned', { minutes })
    : t('room:agenda.plannedWas', { minutes, first });
}

/** When the meeting will end, and how far that is from the plan; less than a minute is on time. */
export function forecastWords(t: Translate, { endMs, lateMs }: Forecast): string {
  const time = formatTime(new Date(endMs).toISOString());
  const minutes = Math.trunc(lateMs / MINUTE_MS);
  if (minutes === 0) return t('room:agenda.endsOnTime', { time });
  return minutes > 0
    ? t('room:agenda.endsLate', { time, minutes })
    : t('room:agenda.endsEarly', { time, minutes: -minutes });
}
