import { citedKey, type Cited } from './citation.ts';
import { placesOf } from './cited-places.ts';
import type { Reading, Sentence } from './citing.ts';
import type { ParticipantId } from './ids.ts';
import { standingOf } from './room/cited.ts';
import { groupsOf } from './room/groups.ts';
import type { Room } from './room/state.ts';

/** Something that somebody said, and the sentences that rest on it; there is at least one. */
export type Adopted = {
  /** Which of their words, as citedKey says it. */
  readonly key: string;
  readonly sentences: readonly Sentence[];
};

/**
 * What of the words of one person the text rests on: their views and replies that can be read, and views of theirs that
 * are read under one that is cited [O18].
 */
export function adoptedOf(room: Room, reading: Reading, by: ParticipantId): readonly Adopted[] {
  const { leads } = groupsOf(room);
  const adopted = (cited: Cited, under: readonly Cited[] = []): Adopted[] => {
    if (standingOf(room, cited).how === 'gone') return [];
    const sentences = [cited, ...under].flatMap((one) => placesOf(reading, one));
    return sentences.length === 0 ? [] : [{ key: citedKey(cited), sentences: [...new Set(sentences)] }];
  };
  return [
    ...room.views
      .filter((view) => view.by === by)
      .flatMap(({ id }) => {
        const lead = leads.get(id);
        return adopted({ kind: 'view', id }, lead === undefined ? [] : [{ kind: 'view', id: lead }]);
      }),
    ...room.replies.filter((reply) => reply.by === by).flatMap(({ id }) => adopted({ kind: 'reply', id })),
  ];
}
