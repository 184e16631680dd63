import { z } from 'zod';
import type { RoomEvent } from '../events.ts';
import { ParticipantId } from '../ids.ts';
import { Paper } from './paper.ts';
import { PollResult } from './result.ts';
import { NamedBallot } from './voters.ts';

/** As Personal of personal.ts, which asks here. */
type Beside = Readonly<Record<string, string>>;
type Counted = Extract<RoomEvent, { type: 'poll:closed' | 'poll:published' }>;

const Ballots = z.array(NamedBallot);
const Papers = z.array(Paper);
const Roster = z.array(ParticipantId);

/**
 * What people chose and wrote in a poll lies beside the chain, and can be erased without the numbers [L4]; so does all of a
 * result that waits to be published, because not everybody reads it yet. In the first form it stood in the event, and stays
 * there.
 */
export function ballotsBeside(counted: Counted): { payload: Counted; personal: Beside | null } {
  const { event, roster } = withoutRoster(counted);
  const { payload, personal } = papersBeside(event);
  const why = counted.type === 'poll:closed' ? counted.why : undefined;
  if (roster === null && why === undefined) return { payload, personal };
  const beside = {
    ...personal,
    ...(roster === null ? {} : { roster: JSON.stringify(roster) }),
    ...(why === undefined ? {} : { why }),
  };
  return { payload: why === undefined ? payload : ({ ...payload, why: '' } as Counted), personal: beside };
}

/** Who took a token for a box [B34]. */
function withoutRoster(event: Counted) {
  if (event.roster === undefined) return { event, roster: null };
  return { event: { ...event, roster: [] }, roster: event.roster };
}

function papersBeside(event: Counted): { payload: Counted; personal: Beside | null } {
  const result = PollResult.safeParse(event.result);
  if (!result.success) return { payload: event, personal: null };
  if (event.type === 'poll:closed' && event.waits === true) {
    const { ballots, papers } = event;
    const beside = { result: result.data, papers, ...(ballots === null ? {} : { ballots }) };
    const payload = { ...event, result: null, ballots: null, papers: [] };
    return { payload, personal: texts(beside) };
  }
  const hasWords = event.papers.some((paper) => 'shape' in paper && paper.shape === 'words');
  const silent = withoutAnswers(result.data);
  const personal = texts({
    ...(event.ballots === null ? {} : { ballots: event.ballots }),
    ...(hasWords ? { papers: event.papers } : {}),
    ...(silent === null ? {} : { result: result.data }),
  });
  if (Object.keys(personal).length === 0) return { payload: event, personal: null };
  const papers = hasWords ? [] : event.papers;
  return { payload: blanked(event, { papers, result: silent ?? result.data }), personal };
}

function blanked(event: Counted, rest: Pick<Counted, 'papers' | 'result'>): Counted {
  // The two events differ in what they may hold of the first form, which is not here.
  return { ...event, ballots: null, ...rest } as Counted;
}

function texts(parts: Readonly<Record<string, unknown>>): Beside {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
}

/** Puts them back. */
export function withBallots<E extends Counted>(payload: E, beside: Beside): E {
  const { ballots, papers, result, roster, why } = beside;
  return {
    ...payload,
    ...(ballots === undefined ? {} : { ballots: Ballots.parse(JSON.parse(ballots)) }),
    ...(papers === undefined ? {} : { papers: Papers.parse(JSON.parse(papers)) }),
    ...(result === undefined ? {} : { result: PollResult.parse(JSON.parse(result)) }),
    ...(roster === undefined ? {} : { roster: Roster.parse(JSON.parse(roster)) }),
    ...(why === undefined ? {} : { why }),
  };
}

/** The result without what people answered in words; null where they answered nothing. */
export function withoutAnswers(result: PollResult): PollResult | null {
  const isWords = ({ count }: PollResult['groups'][number] | PollResult['chambers'][number]) =>
    count?.of === 'answers' && count.answers.length > 0;
  if (![...result.chambers, ...result.groups].some(isWords)) return null;
  const silent = { of: 'answers' as const, answers: [] };
  return {
    chambers: result.chambers.map((part) => (isWords(part) ? { ...part, count: silent } : part)),
    groups: result.groups.map((part) => (isWords(part) ? { ...part, count: silent } : part)),
  };
}
