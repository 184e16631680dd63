import { boxReadBy, judgeBox, wrongRows } from './box-judge.ts';
import { askToken, deviceOf, openBoxPoll, putBallot, type Cast } from './box-voting.ts';
import { LATE, voteAtOnce } from './vote-race-hall.ts';
import { readBy, type Race } from './vote-race-judge.ts';

export type BoxRace = {
  readonly told: readonly Cast[];
  readonly notes: readonly string[];
  readonly broken: readonly string[];
};

/**
 * The same for 无记名可核验: everybody takes a token as they raise their hand, and casts it from two tabs with two papers, of
 * which one at most is taken; the last have their token before the close and cast behind it.
 */
export async function raceForBox(race: Race): Promise<BoxRace> {
  const opened = await openBoxPoll(race, 3);
  const { id } = opened.draft;
  const devices = new Map(race.voters.map((voter) => [voter.id, deviceOf(voter, opened)]));
  // Two tabs are one device: they share the message that it blinded, and the token.
  const asked = new Map<string, Promise<unknown>>();
  const early = race.voters.slice(-LATE).map(({ id: voter }) => voter);
  const tokenOf = (voter: (typeof early)[number], door: number) => {
    const device = devices.get(voter);
    if (device === undefined) throw new Error('a voter is missing');
    const before = asked.get(voter) ?? askToken(race, id, { device, door });
    asked.set(voter, before);
    return before.then(() => device);
  };
  await Promise.all(early.map((voter, n) => tokenOf(voter, n % race.doors.length)));
  const told = await voteAtOnce(race, id, async ({ voter, door, choice, begins }, heard) => {
    await begins;
    const device = await tokenOf(voter.id, door);
    const cast = await putBallot(race, id, { device, choice, door });
    if (cast.end === 'taken') heard();
    return cast;
  });
  const { poll, faults } = await readBy(race, id);
  const { box, faults: others } = await boxReadBy(race, id);
  const found = [
    ...faults,
    ...others,
    ...(await judgeBox(poll, box, told)),
    ...(await wrongRows(race, id, box.ballots.length)),
  ];
  const ends = (end: Cast['end']) => told.filter((one) => one.end === end).length;
  const late = told.filter((one) => early.includes(one.voter) && one.end === 'taken').length;
  if (late > 0) found.push(`${late} papers were taken behind the close`);
  const closed = told.filter((one) => one.end === 'refused' && one.reason === 'POLL_CLOSED').length;
  if (ends('taken') === 0 || closed < LATE) found.push('the close was not in the middle');
  const note = `verifiable: ${box.roster.length} tokens, ${ends('taken')} papers acknowledged, ${ends('unknown')} unknown, ${box.ballots.length} of ${race.voters.length} counted`;
  return { told, notes: [note], broken: found.map((what) => `verifiable: ${what}`) };
}
