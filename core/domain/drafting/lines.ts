import type { Cited } from '../citation.ts';
import type { ParticipantId } from '../ids.ts';
import type { Role } from '../people.ts';
import type { PollDraft } from '../polls/draft.ts';
import type { PollResult } from '../polls/result.ts';
import type { Outcome } from '../polls/verdict.ts';
import type { Task } from '../tasks.ts';
import type { Commitment, Stance } from '../views.ts';

/** The parts of a text that the record can begin, in their order: 基本情况 主要意见 形成的共识 分歧和保留意见 部门回应 任务分工. */
export const DRAFT_PARTS = ['basics', 'opinions', 'consensus', 'differences', 'responses', 'tasks'] as const;
export type DraftPart = (typeof DRAFT_PARTS)[number];

/** How a line is read together with others; item: views of one agenda item, null: of none. */
export type DraftGroup =
  | { readonly of: 'part' }
  | { readonly of: 'item'; readonly title: string | null }
  | { readonly of: 'polls' };

/** What was asked and what came of it, without who voted. */
export type CountedPoll = { readonly draft: PollDraft; readonly result: PollResult };

/** What a line says. Words of people are one sentence each; who said them is told by role only. */
export type DraftSaid =
  | { readonly say: 'when'; readonly from: string | null; readonly to: string | null }
  | { readonly say: 'where'; readonly venues: readonly string[] }
  | { readonly say: 'chair'; readonly name: string }
  | {
      readonly say: 'attendance';
      readonly expected: number;
      readonly present: number;
      readonly excused: number;
    }
  /** names: of accounts, as the room calls them, and of departments their unit; guests are only counted. */
  | { readonly say: 'people'; readonly role: Role; readonly names: readonly string[]; readonly count: number }
  | { readonly say: 'agenda'; readonly titles: readonly string[] }
  | {
      readonly say: 'gathered';
      readonly views: number;
      readonly listed: number;
      readonly replies: number;
      readonly polls: number;
    }
  | {
      readonly say: 'view';
      readonly stance: Stance;
      readonly roles: readonly Role[];
      readonly words: string;
      readonly endorsed: number;
      readonly isKeyPoint: boolean;
    }
  | { readonly say: 'poll'; readonly poll: CountedPoll; readonly level: Outcome | null }
  | { readonly say: 'paragraph'; readonly words: string; readonly light: 'agree' | 'amend' | 'disagree' }
  | { readonly say: 'minority'; readonly poll: CountedPoll }
  | {
      readonly say: 'opposed';
      readonly title: string | null;
      readonly oppose: number;
      readonly conditional: number;
      readonly roles: readonly Role[];
    }
  | {
      readonly say: 'reply';
      readonly by: ParticipantId;
      readonly commitment: Commitment;
      readonly words: string;
    }
  | { readonly say: 'taken'; readonly by: ParticipantId; readonly dueDays: number; readonly words: string }
  | { readonly say: 'waiting'; readonly to: ParticipantId | null; readonly words: string }
  | { readonly say: 'task'; readonly task: Task; readonly words: string; readonly acceptance: string };

/** A line of a text that is begun from the record, with what it rests on [O14]. */
export type DraftLine = {
  readonly part: DraftPart;
  readonly group: DraftGroup;
  readonly said: DraftSaid;
  readonly evidence: readonly Cited[];
};

/** Longest words of somebody in one line, in letters: who writes the text goes on from there. */
const LINE_LETTERS = 160;

/** People's words as one sentence without its end: what ends another in between becomes a semicolon, a line a blank. */
export function asOneSentence(words: string, most = LINE_LETTERS): string {
  const stop = /[一-鿿]/.test(words) ? '；' : '; ';
  const joined = words
    .replace(/\s+/g, ' ')
    .replace(/[。！？!?…]+(?=[”’」』）》】"')\]}〉]*\s*)/g, stop)
    .replace(/\.(?=["'”’)\]]*(\s|$))/g, stop)
    .replace(/([；;，,、]\s*)*[；;]\s*/g, stop)
    .replace(/(?:；|; )(?=[”’」』）》】"')\]}〉])/g, '')
    .replace(/^[\s；;，,、]+|[\s；;，,、]+$/g, '');
  const letters = Array.from(joined);
  return letters.length <= most ? joined : `${letters.slice(0, most - 1).join('')}…`;
}
