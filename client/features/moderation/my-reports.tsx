import type { MyModeration } from '../../../core/domain/moderation.ts';
import { viewIn } from '../../../core/domain/room/earlier.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './moderation.module.css';

/** Words of a view, so that whoever reported it knows which it was. */
const QUOTED = 24;
/** The newest answers stand there; the older ones were read. */
const SHOWN = 3;

interface MyReportsProps {
  readonly room: Room;
  readonly answers: MyModeration['answers'];
}

/** What became of my reports: somebody looked, and the view stays, with the reason [X12]. */
export function MyReports({ room, answers }: MyReportsProps) {
  const t = useText();
  if (answers.length === 0) return null;
  return (
    <>
      <h2 className={styles.title}>{t('room:moderation.myReports')}</h2>
      {answers.slice(-SHOWN).map(({ viewId, why }) => {
        const words = viewIn(room, viewId)?.text ?? '';
        const quote = words.length > QUOTED ? `${words.slice(0, QUOTED)}…` : words;
        return (
          <p key={viewId} className={styles.note} dir="auto" data-report={viewId}>
            {quote === '' ? t('room:moderation.stays') : t('room:moderation.staysQuoted', { quote })}
            {why === '' ? null : ` ${t('room:moderation.staysWhy', { why })}`}
          </p>
        );
      })}
    </>
  );
}

/** Why nobody decides on it any more: what was said of the session itself [X11]. */
export function EndedWords({ room: { note } }: Pick<MyReportsProps, 'room'>) {
  const t = useText();
  const why = note?.why ?? '';
  return (
    <p className={styles.note} dir="auto">
      {why === '' ? t('room:moderation.ended') : t('room:moderation.endedWhy', { why })}
    </p>
  );
}
