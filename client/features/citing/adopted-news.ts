import { useEffect } from 'react';
import { adoptedOf } from '../../../core/domain/adopted.ts';
import type { DocumentId, ParticipantId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { kept } from '../../lib/kept.ts';
import { useCitedText } from '../../room/cited-text.ts';
import { placeName } from '../../room/place-name.ts';
import { notify } from '../../ui/notices.tsx';

/** How many places a notice names; the rest stands below what was said. */
const MOST_PLACES = 3;

/**
 * Tells whoever said something that the text now rests on where it does so: once on this device, also what was cited
 * while they were away, as soon as the text is seen on this page [O18]. Read by readers of the screen as any notice.
 */
export function useAdoptedNews(room: Room, me: ParticipantId | null): void {
  const t = useText();
  const documentId = room.plan?.documentId ?? null;
  const reading = useCitedText(documentId);
  useEffect(() => {
    if (reading === null || documentId === null || me === null) return;
    const fresh = untold(documentId, me, adoptedOf(room, reading, me));
    if (fresh.length === 0) return;
    const sentences = [...new Set(fresh.flatMap((one) => one.sentences))];
    const places = sentences.slice(0, MOST_PLACES).map((sentence) => placeName(t, sentence));
    const all = places.join(t('room:tasks.separator')) + (sentences.length > MOST_PLACES ? '…' : '');
    notify('good', t('room:evidence.yours', { count: fresh.length, places: all }));
  }, [t, room, me, documentId, reading]);
}

/** Those that this device has not told this person of; asked again there are none. */
export function untold<One extends { readonly key: string }>(
  documentId: DocumentId,
  me: ParticipantId,
  adopted: readonly One[],
): readonly One[] {
  const place = `adopted/${documentId}/${me}`;
  const told = new Set((kept.get(place) ?? '').split('\n'));
  const fresh = adopted.filter(({ key }) => !told.has(key));
  if (fresh.length > 0) kept.set(place, [...told, ...fresh.map(({ key }) => key)].join('\n').trim());
  return fresh;
}
