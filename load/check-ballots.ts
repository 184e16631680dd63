import { canonical } from '../core/domain/canonical.ts';
import type { Envelope, RoomEvent } from '../core/domain/events.ts';
import { itemsOf } from '../core/domain/polls/ask.ts';
import { draftOf, paperOf } from '../core/domain/polls/first-form.ts';
import { choicesOn, type Paper } from '../core/domain/polls/paper.ts';
import { papersFor, turnoutOfAll } from '../core/domain/polls/reading.ts';
import { PollResult } from '../core/domain/polls/result.ts';
import { deedsOf, groupBy, type Broken, type Case } from './findings.ts';

type Closed = Extract<RoomEvent, { type: 'poll:closed' }>;
type Poll = {
  readonly id: string;
  readonly roll: readonly string[];
  readonly options: readonly string[];
  /** Where each ballot was cast, by voter. */
  readonly cast: ReadonlyMap<string, readonly number[]>;
  readonly closed: Closed | null;
};

function pollsIn(log: readonly Envelope[]): readonly Poll[] {
  const prepared = new Map<string, readonly string[]>();
  for (const { event } of log)
    if (event.type === 'poll:prepared')
      prepared.set(
        event.poll.id,
        itemsOf(draftOf(event.poll).ask).map(({ id }) => id),
      );
  return log.flatMap(({ event: opened }) => {
    if (opened.type !== 'poll:opened') return [];
    const id = opened.pollId;
    const cast = log.flatMap(({ by, seq, event }) =>
      event.type === 'ballot:cast' && event.pollId === id ? [{ by, seq }] : [],
    );
    const seqs = [...groupBy(cast, ({ by }) => by)].map(
      ([by, ones]) => [by, ones.map(({ seq }) => seq)] as const,
    );
    const closed = log.find(({ event }) => event.type === 'poll:closed' && event.pollId === id)?.event;
    return [
      {
        id,
        roll: opened.electorate.map((voter) => voter.id),
        options: prepared.get(id) ?? [],
        cast: new Map(seqs),
        closed: closed?.type === 'poll:closed' ? closed : null,
      },
    ];
  });
}

/** Every ballot that was acknowledged counts, each person's once, and the tally is their sum. */
export function checkBallots(given: Case): Broken[] {
  return pollsIn(given.log).flatMap((poll) => [...checkCasting(given, poll), ...checkTally(given, poll)]);
}

function ballotsFor(given: Case, poll: Poll) {
  return groupBy(
    deedsOf(given, 'ballot').filter(({ deed }) => deed.pollId === poll.id),
    ({ by }) => by,
  );
}

function checkCasting(given: Case, poll: Poll): Broken[] {
  const broken: Broken[] = [];
  const asked = ballotsFor(given, poll);
  for (const [by, ballots] of asked) {
    const done = ballots.filter(({ end }) => end === 'ok');
    const open = ballots.filter(({ end }) => end === 'unknown').length;
    const found = poll.cast.get(by) ?? [];
    const what = `ballots of ${by} in ${poll.id}: ${done.length} acknowledged, ${open} unknown, ${found.length} in the log`;
    if (found.length < done.length || done.some(({ seq }) => seq === null || !found.includes(seq)))
      broken.push({ promise: 'nothing acknowledged is lost', what });
    if (found.length > done.length + open) broken.push({ promise: 'nothing is there twice', what });
  }
  for (const by of poll.cast.keys()) {
    if (!poll.roll.includes(by))
      broken.push({ promise: 'one ballot a person', what: `${by} is not on the roll of ${poll.id}` });
    if (!asked.has(by))
      broken.push({ promise: 'nothing is there that nobody said', what: `a ballot of ${by} in ${poll.id}` });
  }
  return broken;
}

function checkTally(given: Case, poll: Poll): Broken[] {
  const { closed } = poll;
  if (closed === null) return [];
  const { ballots, papers } = closed;
  const result = PollResult.parse(closed.result);
  const { cast, entitled } = turnoutOfAll(result);
  const counts = papersFor(result.chambers[0]?.count ?? null);
  const broken: Broken[] = [];
  const counted = (ballots?.map(({ paper }) => paper) ?? papers).map(paperOf);
  const differs = poll.options.filter((option) => counts[option] !== countOf(counted, option));
  if (differs.length > 0 || cast !== counted.length || entitled !== poll.roll.length)
    broken.push({
      promise: 'the tally is the sum of the ballots',
      what: `${poll.id}: ${canonical(counts)}, cast ${cast}, of ${counted.length} ballots`,
    });
  const voters = ballots?.map(({ by }) => by) ?? [...poll.cast.keys()];
  if (new Set(voters).size !== voters.length || cast !== poll.cast.size)
    broken.push({
      promise: 'one ballot a person',
      what: `${poll.id}: ${cast} counted, ${voters.length} ballots, ${poll.cast.size} people cast one`,
    });
  return [...broken, ...(ballots === null ? [] : checkChoices(given, poll, ballots))];
}

/** In a named poll each person's last ballot counts; one whose fate nobody knows may be it. */
function checkChoices(given: Case, poll: Poll, ballots: NonNullable<Closed['ballots']>): Broken[] {
  const counted = new Map<string, Paper>(ballots.map(({ by, paper }) => [by, paperOf(paper)]));
  return [...ballotsFor(given, poll)].flatMap(([by, cast]): Broken[] => {
    const last = cast.filter(({ end }) => end === 'ok').pop();
    const maybe = cast.filter(({ end }) => end === 'unknown');
    const possible = [...(last === undefined ? [] : [last]), ...maybe].map(({ deed }) =>
      canonical(deed.paper),
    );
    const paper = counted.get(by);
    if (paper === undefined)
      return last === undefined
        ? []
        : [
            {
              promise: 'nothing acknowledged is lost',
              what: `the ballot of ${by} is not counted in ${poll.id}`,
            },
          ];
    if (possible.includes(canonical(paper))) return [];
    const what = `${by} did not cast last what is counted in ${poll.id}`;
    return [
      {
        promise: last === undefined ? 'what was refused is not there' : 'nothing acknowledged is lost',
        what,
      },
    ];
  });
}

function countOf(papers: readonly Paper[], option: string): number {
  return papers.filter((paper) => choicesOn(paper).includes(option)).length;
}
