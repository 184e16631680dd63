import { itemsOf } from '../polls/ask.ts';
import { isWaiting } from '../polls/poll.ts';
import { lightOf } from '../polls/reading.ts';
import { judgedItems } from '../polls/standings.ts';
import type { Outcome } from '../polls/verdict.ts';
import type { Room } from '../room/state.ts';
import { asOneSentence, type CountedPoll, type DraftGroup, type DraftLine, type DraftPart } from './lines.ts';

/** Closed polls that count and whose result everybody reads. */
export function publishedPolls({ polls }: Pick<Room, 'polls'>): readonly CountedPoll[] {
  return polls.flatMap((poll) =>
    poll.phase === 'closed' && poll.voided === undefined && poll.result !== null && !isWaiting(poll)
      ? [{ draft: poll.draft, result: poll.result }]
      : [],
  );
}

const AGREED: readonly Outcome[] = ['unanimous', 'broad', 'carried'];
/** From the one that agrees most to the one that does least. */
const BY_AGREEMENT: readonly Outcome[] = [
  'unanimous',
  'carried',
  'broad',
  'tied',
  'divided',
  'lost',
  'further',
  'no_quorum',
];

/**
 * What came of a poll as a whole: the least that a chamber or item agreed to; of options that exclude each other, the most.
 * Null where no rule judged it.
 */
export function levelOf({ draft, result }: CountedPoll): Outcome | null {
  const levels = result.chambers.flatMap(({ verdict }) => {
    const found = (verdict?.judgements ?? []).flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
    const isChoice = draft.ask.kind === 'single' || draft.ask.kind === 'multiple';
    const ranked = BY_AGREEMENT.filter((one) => found.includes(one));
    const level = isChoice ? ranked[0] : ranked[ranked.length - 1];
    return level === undefined ? [] : [level];
  });
  const ranked = BY_AGREEMENT.filter((one) => levels.includes(one));
  return ranked[ranked.length - 1] ?? null;
}

/** Whether somebody was against, as far as it was counted; what is judged to fall short of unanimous is taken for it. */
function hasMinority(poll: CountedPoll): boolean {
  const { ask } = poll.draft;
  if (levelOf(poll) === 'broad') return true;
  return poll.result.chambers.some(
    ({ count }) => count !== null && judgedItems(ask, count).some(({ against }) => against > 0),
  );
}

/** Lines of every poll that counts: 共识 by its verdict, 分歧 where it is none or somebody was against, else what was counted. */
export function pollLines(room: Pick<Room, 'polls'>): readonly DraftLine[] {
  return publishedPolls(room).flatMap((poll) => paragraphLines(poll) ?? wholeLines(poll));
}

function wholeLines(poll: CountedPoll): DraftLine[] {
  const level = levelOf(poll);
  const line = (part: DraftPart, said: DraftLine['said'], group: DraftGroup = { of: 'part' }): DraftLine => ({
    part,
    group,
    said,
    evidence: [{ kind: 'poll', id: poll.draft.id }],
  });
  const said = { say: 'poll', poll, level } as const;
  if (level !== null && !AGREED.includes(level)) return [line('differences', said)];
  const main = level === null ? line('opinions', said, { of: 'polls' }) : line('consensus', said);
  return hasMinority(poll) ? [main, line('differences', { say: 'minority', poll })] : [main];
}

/** Of a text that was confirmed paragraph by paragraph, each by its light; null where that was not counted. */
function paragraphLines(poll: CountedPoll): DraftLine[] | null {
  const { ask, id } = poll.draft;
  const [chamber] = poll.result.chambers;
  const count = chamber?.count;
  if (ask.kind !== 'paragraphs' || count?.of !== 'each') return null;
  const lines = itemsOf(ask).flatMap((option): DraftLine[] => {
    const light = lightOf(count.each[option.id] ?? {});
    if (light === null) return [];
    return [
      {
        part: light === 'agree' ? 'consensus' : 'differences',
        group: { of: 'part' },
        said: { say: 'paragraph', words: asOneSentence(option.text), light },
        evidence: [{ kind: 'poll', id }],
      },
    ];
  });
  return lines.length === 0 ? null : lines;
}
