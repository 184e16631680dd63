import { Instant, type AgendaItemId } from '../../core/domain/ids.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { Act } from '../../core/domain/scenarios/acts.ts';
import { chairIn, writersIn } from '../../core/domain/scenarios/casting.ts';
import { outcomeOf } from '../../core/domain/scenarios/markdown.ts';
import { shortNames } from '../../core/domain/scenarios/names.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { scriptOf, type Scene, type Script } from '../../core/domain/scenarios/script.ts';
import type { DocumentLog } from '../../server/ports/document-log.ts';
import type { Rooms } from '../../server/ports/rooms.ts';
import { ADMIN, DEMO_SCOPE, demoLinkId, peopleOf, type DemoPerson } from './people.ts';
import { writeText } from './text.ts';

/** What replaying needs: an engine whose clock is ours, and the log of texts. */
export type ReplayPorts = {
  readonly rooms: Rooms;
  readonly setTime: (at: Instant) => void;
  readonly documentLog: Pick<DocumentLog, 'append' | 'claimClients' | 'heads'>;
};
/** How far a session has come: planned, half of its views, or closed. */
export type Stage = 'scheduled' | 'in_session' | 'archived';

type Replay = {
  readonly scenario: Scenario;
  readonly script: Script;
  readonly people: ReadonlyMap<string, DemoPerson>;
  readonly ports: ReplayPorts;
  readonly startsAt: number;
  readonly chair: string;
};
const MINUTE = 60_000;
/** How long ago the item that runs in a session of the demo began, when its last act is done. */
const RUNNING_MINUTES = 4;
const OFFICE: Who = { kind: 'office', office: 'admin' };

/** Plays a scenario through the real engine, by its rules and in its times. Playing it again changes nothing. */
export async function replay(
  ports: ReplayPorts,
  scenario: Scenario,
  course: { plannedAt: Instant; startsAt: Instant; stage: Stage },
): Promise<void> {
  const chair = chairIn(scenario);
  if (chair === null) throw new Error(`${scenario.id} has nobody in the chair`);
  const people = new Map(peopleOf(scenario).map((person) => [person.fileId, person]));
  const script = scriptOf(scenario, DEMO_SCOPE, chair);
  const played: Replay = { scenario, script, people, ports, chair, startsAt: Date.parse(course.startsAt) };
  ports.setTime(course.plannedAt);
  await plan(played);
  if (course.stage === 'scheduled') return;
  await gather(played);
  await by(played, chair, { command: { type: 'openSession' }, name: 'open' });
  const scenes = course.stage === 'archived' ? script.scenes : firstHalf(scenario, script);
  let minutes = 0;
  for (const scene of scenes) {
    await playScene(played, scene, minutes);
    minutes += scene.minutes;
  }
  if (course.stage === 'archived') {
    at(played, minutes);
    await by(played, chair, { command: { type: 'closeSession' }, name: 'close' });
  } else await write(played, 2);
}

/** Minutes from the opening to the moment at which a session in progress is found. */
export function minutesSoFar(scenario: Scenario, script: Script): number {
  return firstHalf(scenario, script).reduce((sum, scene) => sum + scene.minutes, 0);
}

/** The scenes up to half of the views; the last one has only just begun, and breaks off. */
function firstHalf(scenario: Scenario, { scenes }: Script): Scene[] {
  let left = Math.ceil(scenario.views.length / 2);
  const kept: Scene[] = [];
  for (const scene of scenes) {
    if (left <= 0) break;
    const acts = scene.acts
      .filter((act) => act.type === 'command' && act.command.type === 'postView')
      .slice(0, left);
    left -= acts.length;
    kept.push({ ...scene, acts });
  }
  return kept.map((scene, index) =>
    index === kept.length - 1 ? { ...scene, minutes: RUNNING_MINUTES } : scene,
  );
}

function at({ ports, startsAt }: Replay, minutes: number): void {
  ports.setTime(Instant.parse(new Date(startsAt + Math.round(minutes * MINUTE)).toISOString()));
}

type Step = { readonly command: Command; readonly name: string };

async function submit(
  { ports, script }: Replay,
  who: Who,
  actor: string,
  { command, name }: Step,
): Promise<void> {
  await ports.rooms.submit({ sessionId: script.plan.id, who, actor, key: `demo-${name}`, command });
}

async function by(played: Replay, fileId: string, step: Step): Promise<void> {
  const person = played.people.get(fileId);
  if (person === undefined) throw new Error(`nobody is ${fileId}`);
  await submit(played, { kind: 'participant', id: person.participantId }, person.personId, step);
}

async function plan(played: Replay): Promise<void> {
  const { people, script, scenario, chair } = played;
  await submit(played, OFFICE, ADMIN.personId, {
    command: { type: 'planSession', plan: script.plan },
    name: 'plan',
  });
  for (const person of people.values()) {
    if (person.linkRole === null) await seat(played, person);
  }
  const host = people.get(chair);
  if (host === undefined) throw new Error(`${scenario.id} has nobody in the chair`);
  const command: Command = { type: 'nameHost', participantId: host.participantId };
  await submit(played, OFFICE, ADMIN.personId, { command, name: 'host' });
}

async function seat(played: Replay, person: DemoPerson): Promise<void> {
  const { scenario } = played;
  const venues = scenario.venues.map((venue) => venue.id);
  const { linkRole, participantId, personId, name, affiliation, role } = person;
  const participant = {
    id: participantId,
    role,
    name,
    affiliation: linkRole === null ? affiliation : '',
    venueId: shortNames(venues, 'venue')(person.venue ?? venues[0] ?? ''),
    isGuest: linkRole !== null,
  };
  const step: Step = {
    command: { type: 'addParticipant', participant, personId },
    name: `seat-${person.fileId}`,
  };
  if (linkRole === null) await submit(played, OFFICE, ADMIN.personId, step);
  else await submit(played, { kind: 'link', role: linkRole }, `link:${demoLinkId(scenario, linkRole)}`, step);
}

/** Everybody comes in during the last quarter of an hour, guests by their link. */
async function gather(played: Replay): Promise<void> {
  const people = [...played.people.values()];
  for (const [index, person] of people.entries()) {
    at(played, -15 + (14 * index) / people.length);
    if (person.linkRole !== null) await seat(played, person);
    await by(played, person.fileId, { command: { type: 'enterRoom' }, name: `enter-${person.fileId}` });
  }
  at(played, 0);
}

async function playScene(played: Replay, scene: Scene, from: number): Promise<void> {
  at(played, from);
  const move = {
    command: { type: 'moveAgenda', itemId: scene.itemId } as const,
    name: moveName(scene.itemId),
  };
  await by(played, played.chair, move);
  for (const [index, act] of scene.acts.entries()) {
    at(played, from + (scene.minutes * (index + 1)) / (scene.acts.length + 1));
    await playAct(played, act);
  }
}

function moveName(itemId: AgendaItemId): string {
  return `move-${itemId}`;
}

async function playAct(played: Replay, act: Act): Promise<void> {
  if (act.type === 'write') return write(played, Number.POSITIVE_INFINITY);
  const name = `${act.command.type}-${act.about.replace(/\W+/g, '-')}`;
  return by(played, act.by, { command: act.command, name });
}

/** Writes the first blocks of the text. */
async function write({ scenario, script, people, ports }: Replay, most: number): Promise<void> {
  const { documentId } = script.plan;
  // Written in one statement, so it is there whole or not at all.
  if (((await ports.documentLog.heads([documentId])).get(documentId)?.head ?? 0) > 0) return;
  const writers = writersIn(scenario).flatMap((id) => people.get(id)?.participantId ?? []);
  const blocks = (outcomeOf(scenario.outcome.markdown).content ?? []).slice(0, most);
  await writeText(ports.documentLog, documentId, { writers, blocks });
}
