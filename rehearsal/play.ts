import { setTimeout as wait } from 'node:timers/promises';
import { outcomeOf } from '../core/domain/scenarios/markdown.ts';
import type { Act } from '../core/domain/scenarios/acts.ts';
import { writersIn } from '../core/domain/scenarios/casting.ts';
import { finding, type Finding } from '../core/domain/scenarios/happened.ts';
import { uuidOf } from '../core/domain/scenarios/names.ts';
import type { Scenario } from '../core/domain/scenarios/scenario.ts';
import type { Scene, Script } from '../core/domain/scenarios/script.ts';
import type { Command } from '../core/domain/room/commands.ts';
import { refusalOf, type Cast } from './cast.ts';
import { command } from './knock.ts';
import { listen, type Ear } from './ear.ts';
import { writeTogether } from './write.ts';

/** A playing: the people, the script, and what is found on the way. */
export type Playing = {
  readonly scenario: Scenario;
  readonly script: Script;
  readonly scope: string;
  readonly chair: string;
  readonly cast: Cast;
  readonly pace: number;
  readonly told: (note: string) => void;
  readonly findings: Finding[];
  /** Milliseconds from knocking to the acknowledgement of each command. */
  readonly acknowledged: number[];
};

/** Plays everything from the door to the close. Everybody hears the room with their own ear. */
export async function play(playing: Playing): Promise<ReadonlyMap<string, Ear>> {
  const { script, chair, cast, told } = playing;
  const people = [...cast.players.values()];
  const ears = new Map(
    await Promise.all(
      people.map(async (player) => {
        await act(playing, { type: 'command', by: player.fileId, about: '', command: { type: 'enterRoom' } });
        return [player.fileId, await listen(player.browser, script.plan.id)] as const;
      }),
    ),
  );
  told(`${people.length} people are in the room`);
  await act(playing, chairs(chair, { type: 'openSession', why: '彩排' }));
  for (const scene of script.scenes) {
    told(`“${scene.title}”: ${scene.acts.length} things to do`);
    await act(playing, chairs(chair, { type: 'moveAgenda', itemId: scene.itemId }));
    await playScene(playing, scene);
  }
  await act(playing, chairs(chair, { type: 'closeSession' }));
  return ears;
}

function chairs(by: string, asked: Command): Act {
  return { type: 'command', by, about: '', command: asked };
}

async function playScene(playing: Playing, scene: Scene): Promise<void> {
  const groups = together(scene.acts);
  const pause = playing.pace === 0 ? 0 : (scene.minutes * 60_000) / playing.pace / (groups.length + 1);
  for (const group of groups) {
    // A chosen pace is what the person at the keyboard asked for, to watch the meeting.
    if (pause > 0) await wait(pause);
    await Promise.all(group.map((one) => act(playing, one)));
  }
  if (pause > 0) await wait(pause);
}

/** Ballots of different people are cast at once, as in a hall; everything else in turn. */
function together(acts: readonly Act[]): Act[][] {
  const groups: Act[][] = [];
  for (const one of acts) {
    const group = groups[groups.length - 1];
    const fits = group?.every((other) => isBallot(other) && isBallot(one) && other.by !== one.by);
    if (group !== undefined && fits === true) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function isBallot(one: Act): one is Extract<Act, { type: 'command' }> {
  return one.type === 'command' && one.command.type === 'castBallot';
}

async function act(playing: Playing, one: Act): Promise<void> {
  if (one.type === 'write') return write(playing);
  const player = playing.cast.players.get(one.by);
  const what = `${one.by} ${one.command.type}${one.about === '' ? '' : ` ${one.about}`}`;
  if (player === undefined) {
    playing.findings.push(finding(what, 'accepted', 'this person did not get in'));
    return;
  }
  // A file may hold the same thing twice: each is a request of its own.
  const key = uuidOf(`${playing.scope}/${what}/${playing.acknowledged.length}`);
  const started = performance.now();
  try {
    await command(player.browser, playing.script.plan.id, one.command, key);
    playing.acknowledged.push(performance.now() - started);
  } catch (error) {
    playing.findings.push(refusalOf(what, error));
  }
}

async function write(playing: Playing): Promise<void> {
  const { scenario, cast, script } = playing;
  const writers = writersIn(scenario).flatMap((id) => cast.players.get(id) ?? []);
  const readers = [...cast.players.values()].filter((player) => !writers.includes(player)).slice(-2);
  try {
    await writeTogether({
      documentId: script.plan.documentId,
      writers: writers.map((player) => player.browser),
      readers: readers.map((player) => player.browser),
      text: outcomeOf(scenario.outcome.markdown),
    });
    playing.told(`${writers.length} people wrote the text, ${readers.length} read along`);
  } catch (error) {
    playing.findings.push(finding('text', 'saved', error instanceof Error ? error.message : String(error)));
  }
}
