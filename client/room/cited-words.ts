import type { CitedKind } from '../../core/domain/citation.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import type { Held, Standing } from '../../core/domain/room/cited.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Translate } from '../lib/i18n.ts';
import { fateOf } from './fate.ts';
import { saySentence } from './polls/sentence-words.ts';

type Reader = {
  readonly room: Pick<Room, 'participants'>;
  readonly nameOf: (id: string) => string;
};

/** What a citation says to a reader. */
export type CitedWords = {
  /** What it is and whose: 意见 #12 · 李委员 · 赞成 */
  readonly head: string;
  /** Its own words; '' where there are none to be read. */
  readonly words: string;
  /** Why it cannot be read or does not count; null where it stands [O8]. */
  readonly gone: string | null;
  /** All of that in one line. */
  readonly title: string;
};

/** What is cited, in the words of the room and the language of the reader. */
export function citedWords(t: Translate, standing: Standing, kind: CitedKind, reader: Reader): CitedWords {
  const { held, why } = standing;
  const head = held === null ? t(`room:evidence.kind.${kind}`) : headOf(t, held, reader);
  const isHidden = why !== null && why !== 'voided';
  const words = held === null || isHidden ? '' : wordsOf(t, held, reader);
  const gone = why === null ? null : t(`room:evidence.gone.${why}`);
  const title = [head, gone ?? '', words].filter((part) => part !== '').join(' — ');
  return { head, words, gone, title };
}

function headOf(t: Translate, held: Held, { nameOf }: Reader): string {
  const kind = t(`room:evidence.kind.${held.kind}`);
  switch (held.kind) {
    case 'view':
      return `${kind} #${held.it.seq} · ${nameOf(held.it.by)} · ${t(`words:stance.${held.it.stance}`)}`;
    case 'reply':
      return `${kind} #${held.it.seq} · ${nameOf(held.it.by)} · ${t(`words:commitment.${held.it.commitment}`)}`;
    case 'question':
      return held.view === undefined ? kind : `${kind} · #${held.view.seq}`;
    case 'poll':
    case 'material':
      return kind;
  }
}

function wordsOf(t: Translate, held: Held, { room }: Reader): string {
  switch (held.kind) {
    case 'view':
    case 'reply':
      return held.it.text;
    case 'poll':
      return pollWords(t, held.it);
    case 'question':
      return fateOf(t, room, held.it);
    case 'material':
      return held.it.title;
  }
}

/** The question, and the sentence of its result where it is published. */
function pollWords(t: Translate, poll: Poll): string {
  const { draft } = poll;
  if (poll.phase !== 'closed' || poll.result === null) return draft.question;
  const isVoid = poll.voided !== undefined;
  const said = poll.result.chambers.map((chamber) => saySentence(t, draft, chamber, isVoid));
  return [draft.question, ...said].join(' ');
}
