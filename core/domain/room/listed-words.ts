import type { RoomEvent } from '../events.ts';
import { enclosedIn, type Enclosed } from '../pictures.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { judgeWords, type FoldedWords } from '../word-list.ts';
import type { Command } from './commands.ts';
import type { Who } from './guards.ts';
import { isModerator } from './keeping-order.ts';
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

/** How many words of somebody a refusal repeats to them. */
const WORDS_TOLD = 5;

/**
 * What the organisation's list of words makes of a command [X10]: the same, with words covered, or to be held. What
 * cannot be held, a correction or a department's note, is refused where a word asks for it. Of whoever moderates nothing
 * is held.
 */
export function throughList(
  room: Room,
  who: Who,
  { command, words }: { readonly command: Command; readonly words: FoldedWords | undefined },
): Result<Listed, Refusal> {
  const asIs = { command, masked: 0, maskedBeside: 0, isHeld: false };
  const read = words === undefined || words.length === 0 ? null : readerOf(command);
  if (words === undefined || read === null) return ok(asIs);
  const covered = { words: 0, beside: 0 };
  let isHeld = false;
  const refused: string[] = [];
  const through = read.rewrite((text, part = 'words') => {
    const judged = judgeWords(text, words);
    covered[part] += judged.masked;
    isHeld ||= judged.isHeld;
    refused.push(...judged.refused);
    return judged.text;
  });
  if (refused.length > 0)
    return refuse('WORDS_NOT_TAKEN', { words: [...new Set(refused)].slice(0, WORDS_TOLD).join(' ') });
  const mustWait = isHeld && !isModerator(room, who);
  if (mustWait && !read.canWait) return refuse('WORDS_NEED_REVIEW');
  const masked = covered.words + covered.beside;
  return ok({ command: through, masked, maskedBeside: covered.beside, isHeld: mustWait });
}

/** Whether a command brings words that the list is asked about. */
export function isListed(command: Command): boolean {
  return readerOf(command) !== null;
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

type Change = (text: string, part?: 'words' | 'beside') => string;
type Reader = {
  readonly rewrite: (change: Change) => Command;
  /** Whether it can be looked at before it is published. */
  readonly canWait: boolean;
};

/** What people read of a command; null: nothing that the list is about. */
function readerOf(command: Command): Reader | null {
  switch (command.type) {
    case 'postView': {
      const { view } = command;
      return {
        canWait: true,
        rewrite: (change) => ({
          ...command,
          view: { ...view, text: change(view.text), ...rewritten(enclosedIn(view), change) },
        }),
      };
    }
    case 'postReply': {
      const { reply } = command;
      return {
        canWait: true,
        rewrite: (change) => ({ ...command, reply: { ...reply, text: change(reply.text) } }),
      };
    }
    case 'editView':
      return { canWait: false, rewrite: (change) => ({ ...command, text: change(command.text) }) };
    case 'takeQuestion':
      return { canWait: false, rewrite: (change) => ({ ...command, note: change(command.note) }) };
    case 'passQuestion': {
      const { toName, why } = command;
      return {
        canWait: false,
        rewrite: (change) => ({ ...command, toName: change(toName), why: change(why) }),
      };
    }
    default:
      return null;
  }
}

/** What is to be seen on pictures, and the place, are words too. */
function rewritten({ pictures, place }: Enclosed, change: Change): Enclosed {
  return enclosedIn({
    pictures: pictures?.map((picture) => ({ ...picture, alt: change(picture.alt, 'beside') })),
    place: place === undefined ? undefined : change(place, 'beside'),
  });
}
