import type { By, RoomEvent } from '../../../core/domain/events.ts';
import type { Room } from '../../../core/domain/room/state.ts';

const SAYS_WHY: readonly RoomEvent['type'][] = ['session:settled', 'session:reopened', 'session:adopted'];

/** What to leave out of a comparison, where the words that came with confirming a text are no longer in the log. */
export function erasedOfSigning({ type }: RoomEvent, by: By): string[] {
  if (type === 'outcome:signed') return [`${type} ${by}`];
  return SAYS_WHY.includes(type) ? [type] : [];
}

/** The room without those words. */
export function quietSigning(room: Room, erased: ReadonlySet<string>): Room {
  const { signing, reopenings, ...rest } = room;
  const silent = (type: RoomEvent['type'], why: string | null) => (erased.has(type) ? '' : why);
  return {
    ...rest,
    ...(signing === undefined
      ? {}
      : {
          signing: {
            ...signing,
            why: silent('session:settled', signing.why),
            signatures: signing.signatures.map((one) =>
              erased.has(`outcome:signed ${one.by}`) ? { ...one, reservation: '' } : one,
            ),
            ...(signing.adopted === undefined
              ? {}
              : {
                  adopted: { ...signing.adopted, why: silent('session:adopted', signing.adopted.why) },
                }),
          },
        }),
    ...(reopenings === undefined
      ? {}
      : {
          reopenings: reopenings.map((one) => (erased.has('session:reopened') ? { ...one, why: '' } : one)),
        }),
  };
}
