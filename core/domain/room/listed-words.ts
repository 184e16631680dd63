import type { RoomEvent } from '../events.ts';
import type { ListedField } from '../listed-fields.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { findWords, judgeWords, type FoldedWords } from '../word-list.ts';
import type { Command } from './commands.ts';
import type { Who } from './guards.ts';
import { isModerator } from './keeping-order.ts';
import { textsOf } from './listed-texts.ts';
import type { Room } from './state.ts';

/** A command as the list lets it through. */
export type Listed = {
  readonly command: Command;
  /** Places that were covered. */
  readonly masked: number;
  /** Those of them that stand in what goes with a view: a correction of its words leaves them. */
  readonly maskedBeside: number;
  /** Whether it is looked at before it is published, whatever its author's role. */
  readonly isHeld: boolean;
};

/** What goes with the words of a view. */
const BESIDE: readonly ListedField[] = ['picture', 'place'];
/** How many words of somebody a refusal repeats to them. */
const WORDS_TOLD = 5;

/**
 * What the organisation's list of words makes of a command [X10]: the same, with words covered, or to be held. What
 * cannot be held, a correction or a department's note, is refused where a word asks for it, and so is what cannot be
 * covered; the refusal names the field. Of whoever moderates nothing is held.
 */
export function throughList(
  room: Room,
  who: Who,
  { command, words }: { readonly command: Command; readonly words: FoldedWords | undefined },
): Result<Listed, Refusal> {
  const asIs = { command, masked: 0, maskedBeside: 0, isHeld: false };
  const read = words === undefined || words.length === 0 ? null : textsOf(command);
  if (words === undefined || read === null) return ok(asIs);
  const covered = { words: 0, beside: 0 };
  let heldIn: ListedField | null = null;
  const refused: { readonly field: ListedField; readonly found: readonly string[] }[] = [];
  const through = read.rewrite((text, field) => {
    const judged = judgeWords(text, words);
    covered[BESIDE.includes(field) ? 'beside' : 'words'] += judged.masked;
    if (judged.isHeld) heldIn ??= field;
    const found = read.canCover ? judged.refused : notTaken(text, words);
    if (found.length > 0) refused.push({ field, found });
    return judged.text;
  });
  const [first] = refused;
  if (first !== undefined)
    return refuse('WORDS_NOT_TAKEN', {
      words: told(refused.flatMap(({ found }) => found)),
      field: first.field,
    });
  const mustWait = heldIn !== null && !isModerator(room, who);
  if (mustWait && !read.canWait) return refuse('WORDS_NEED_REVIEW', { field: heldIn ?? 'words' });
  const masked = covered.words + covered.beside;
  return ok({ command: through, masked, maskedBeside: covered.beside, isHeld: mustWait });
}

/**
 * What a list says of a line that can neither wait nor be covered, as a name: '' where nothing stands against it, else
 * the words, as they were written.
 */
export function wordsAgainst(text: string, words: FoldedWords): string {
  return told(findWords(text, words).map(({ from, to }) => text.slice(from, to)));
}

/** What of a text that cannot be covered is not taken. */
function notTaken(text: string, words: FoldedWords): readonly string[] {
  return findWords(text, words)
    .filter(({ act }) => act !== 'hold')
    .map(({ from, to }) => text.slice(from, to));
}

function told(found: readonly string[]): string {
  return [...new Set(found)].slice(0, WORDS_TOLD).join(' ');
}

/** Whether a command brings words that the list is asked about. */
export function isListed(command: Command): boolean {
  return textsOf(command) !== null;
}

/** The events of a command whose words were covered say in how many places. */
export function withMasked(
  events: readonly RoomEvent[],
  { masked, maskedBeside }: Pick<Listed, 'masked' | 'maskedBeside'>,
): readonly RoomEvent[] {
  if (masked === 0) return events;
  const ofView = maskedBeside === 0 ? { masked } : { masked, maskedBeside };
  return events.map((event) => {
    switch (event.type) {
      case 'view:posted':
        return { ...event, ...ofView };
      case 'view:edited':
      case 'reply:posted':
      case 'question:taken':
      case 'question:passed':
        return { ...event, masked };
      case 'view:held':
        return event.held === null ? event : { ...event, held: { ...event.held, ...ofView } };
      default:
        return event;
    }
  });
}
