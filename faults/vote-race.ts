import { randomUUID } from 'node:crypto';
import { roomDoors } from '../core/contract/room.ts';
import type { PollId } from '../core/domain/ids.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { chanceOf } from '../load/chance.ts';
import { draftPoll, openPoll } from '../load/polls.ts';
import { openStage } from '../load/stage.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { raceForBox } from './box-race.ts';
import type { Outcome, Setting } from './run.ts';
import { comeIn, insist, LATE, placeIn, voteAtOnce, type Tab } from './vote-race-hall.ts';
import { judge, readBy, rowsOf, type Race, type Told } from './vote-race-judge.ts';

/** The name of the race, which is no storm of deeds but one question that everybody answers at once. */
export const VOTE_RACE =
  'everybody votes at once in two tabs, over and over, a process dies, and the poll is closed in the middle';

const VOTERS = 500;
/** Of them, so many vote with a box: their tokens are blinded on the machine that all this happens on. */
const BOX_VOTERS = 200;

/**
 * 500 voters with two tabs each, at two processes, five tries a tab under its own key, with waits that are often too
 * short; one process is killed and the poll closed, twice, in the middle. Then, for a named and for a secret poll, and for one with
 * a box: every ballot that was acknowledged is counted once, none came after the close, and what is announced is what rows and
 * recount say, to every reader at either process [B3] [B6] [B33].
 */
export async function runVoteRace(setting: Setting): Promise<Outcome> {
  const began = performance.now();
  const { doors, seed, world } = setting;
  const chance = chanceOf(seed);
  const broken: string[] = [];
  const notes: string[] = [];
  const all: Told[] = [];
  const credentials = {
    urls: doors,
    login: null,
    password: null,
    studioId: null,
    manners: { elsewhere: doors.slice(1) },
  };
  const stage = await openStage({ credentials, editors: 1, people: VOTERS, told: () => undefined });
  const voters = await comeIn(stage, doors, VOTERS);
  const race: Race = { ...setting, stage, voters, chance };
  for (const number of [1, 2]) {
    const draft = draftPoll(number);
    await openPoll(stage.chair, stage.sessionId, draft);
    const told = await voteAtOnce(race, draft.id, (tab, heard) => voteInTab(race, draft.id, tab, heard));
    all.push(...told);
    const { poll, faults } = await readBy(race, draft.id);
    const [taken, unknown] = ['taken', 'unknown'].map((end) => told.filter((one) => one.end === end).length);
    const { cast } = poll.result === null ? { cast: NaN } : turnoutOfAll(poll.result);
    notes.push(
      `${draft.rules.secrecy}: ${taken} papers acknowledged, ${unknown} unknown, ${cast} of ${VOTERS} counted`,
    );
    const said = (what: string) => `${draft.rules.secrecy}: ${what}`;
    broken.push(...faults.map(said), ...judge(poll, told).map(said));
    broken.push(...(await rowsOf(race, poll)).map(said));
    const late = told.filter((one) => one.end === 'refused' && one.reason === 'POLL_CLOSED').length;
    if (taken === 0 || late < LATE) broken.push(said('the close was not in the middle'));
  }
  const box = await raceForBox({ ...race, voters: voters.slice(0, BOX_VOTERS) });
  notes.push(...box.notes);
  broken.push(...box.broken);
  await stage.leave();
  if (world.nodes.some(({ process }) => process.crashes() > 0)) broken.push('a process ended by itself');
  const count = (end: Told['end']) => [...all, ...box.told].filter((one) => one.end === end).length;
  return {
    name: VOTE_RACE,
    seed,
    ok: count('taken'),
    refused: count('refused'),
    unknown: count('unknown'),
    again: 0,
    caughtUpMs: 0,
    seconds: (performance.now() - began) / 1_000,
    notes,
    broken,
  };
}

/** One paper under one key, tried until it is answered, or five times. */
async function voteInTab(race: Race, pollId: PollId, tab: Tab, heard: () => void): Promise<Told> {
  const { voter, choice, door, begins } = tab;
  const { route } = roomDoors.castBallot;
  const params = { sessionId: race.stage.sessionId, pollId };
  const key = randomUUID();
  const about = { voter: voter.id, choice };
  await begins;
  const insisted = await insist(race, door, (home) => {
    const headers = { ...voter.browser.headers(), origin: home, 'content-type': 'application/json' };
    return {
      address: addressOf(home, route, { params }),
      method: route.method,
      headers: { ...headers, 'idempotency-key': key },
      body: JSON.stringify({ shape: 'choices', choices: [choice] }),
    };
  });
  if (insisted.end !== 'taken') return { ...about, ...insisted };
  heard();
  return { ...about, end: 'taken', seq: placeIn(insisted.body) };
}
