import { randomUUID } from 'node:crypto';
import { officeRoutes } from '../core/contract/office.ts';
import { callerName, CALLERS, isGuest, type Caller } from '../core/contract/access.ts';
import { PollId, ViewId } from '../core/domain/ids.ts';
import { may, ROLES, type Role } from '../core/domain/people.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { PollRules } from '../core/domain/polls/rules.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { makeStage, type Stage, type Person } from './stage.ts';
import type { Account, World } from './world.ts';

/** Somebody who knocks at every door. */
export type Knocking = { readonly caller: Caller; readonly name: string; readonly browser: Browser };

/** Where the matrix is tried: one meeting that goes on, and two that are run through by those who may. */
export type Scene = {
  readonly world: World;
  readonly stage: Stage;
  readonly archived: Stage;
  /** Sessions that were planned only; each for one of those who may open it. */
  readonly courses: ReadonlyMap<string, Stage>;
  /** Meetings that go on until they are broken off; each for one of those who may. */
  readonly aborts: ReadonlyMap<string, Stage>;
  /** Meetings that are ended, and their texts confirmed; each for one of those who may. */
  readonly afters: ReadonlyMap<string, Stage>;
  readonly knocking: readonly Knocking[];
  readonly viewId: ViewId;
  /** An open poll of everybody. */
  readonly pollId: PollId;
  /** Prepared and not opened; each for one of those who may open it. */
  readonly polls: Map<string, PollId>;
  /** An account that may be changed and signed in with by anybody who may. */
  readonly spare: Account;
};

const CAST = Object.fromEntries(ROLES.map((role) => [role, role])) as Record<Role, Role>; // reason: one entry a role

/** Whoever prepares what others are to knock for: not the chair, who would ask too often within a minute. */
export const handOf = (stage: Stage): Person => stage.person('convener');

/** Brings everybody of the matrix. */
export async function openScene(world: World): Promise<Scene> {
  // The convener's account convenes the studio as well: those are the rights that the matrix shows.
  await setConvener(world, true);
  const cast = { ...CAST, removed: 'member' as const, speaker: 'resident' as const };
  const stage = await makeStage(world, { title: 'T07', cast, opens: true });
  // People of its own: what they ask there is not counted with what they ask here.
  const archived = await makeStage(world, { title: 'T07 已结束', cast, opens: true, purpose: 'archived' });
  const elsewhere = await makeStage(world, {
    title: 'T07 别处',
    cast: { host: 'host' },
    opens: true,
    purpose: 'elsewhere',
  });
  for (const one of [stage, archived])
    await one.does(one.chair, {
      type: 'removeParticipant',
      participantId: one.person('removed').participantId,
      why: '检验',
    });
  const courses = new Map<string, Stage>();
  const aborts = new Map<string, Stage>();
  const afters = new Map<string, Stage>();
  for (const name of ['convener', 'host']) {
    courses.set(name, await makeStage(world, { title: `T07 ${name}`, cast: CAST, opens: false }));
    aborts.set(name, await makeStage(world, { title: `T07 中止 ${name}`, cast: CAST, opens: true }));
    const after = await makeStage(world, { title: `T07 成文 ${name}`, cast: CAST, opens: true });
    for (const role of ROLES) {
      const { participantId } = after.person(role);
      // Only who was present is asked to confirm.
      await after.does(after.chair, { type: 'checkIn', participantId, venueId: 'main' });
    }
    afters.set(name, after);
  }
  const viewId = ViewId.parse(randomUUID());
  const view = { id: viewId, stance: 'question', text: '检验时的提问。', replyTo: null } as const;
  await stage.does(stage.chair, { type: 'postView', view });
  const pollId = await preparedPoll(stage);
  await stage.does(stage.chair, { type: 'openPoll', pollId });
  await archived.does(archived.chair, { type: 'closeSession' });
  return {
    world,
    stage,
    archived,
    courses,
    aborts,
    afters,
    viewId,
    pollId,
    polls: new Map(),
    knocking: CALLERS.flatMap((caller) => {
      const browser = browserOf(caller, { world, stage, elsewhere });
      return browser === null ? [] : [{ caller, name: callerName(caller), browser }];
    }),
    spare: await world.account('spare'),
  };
}

type Places = { readonly world: World; readonly stage: Stage; readonly elsewhere: Stage };

function browserOf(caller: Caller, { world, stage, elsewhere }: Places): Browser | null {
  switch (caller.kind) {
    case 'seat':
      return stage.person(caller.role).browser;
    case 'office':
      return caller.office === 'admin' ? world.admin : world.staff;
    case 'elsewhere':
      return elsewhere.chair.browser;
    case 'removed':
      return stage.person('removed').browser;
    case 'nobody':
      return world.browser();
  }
}

/** The same person's browser in another of the matrix's sessions: guests have one for each. */
export function browserIn(stage: Stage, { caller, browser }: Knocking): Browser {
  if (caller.kind === 'seat') return stage.person(caller.role).browser;
  return caller.kind === 'removed' ? stage.person('removed').browser : browser;
}

/** Prepares a poll of everybody. */
export async function preparedPoll(stage: Stage): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  await stage.does(stage.chair, { type: 'preparePoll', poll });
  return poll.id;
}

/** A poll of everybody that is closed, and whose result waits to be published. */
export async function waitingPoll(stage: Stage): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  const rules = { ...poll.rules, shown: 'after_publish' as const };
  await stage.does(stage.chair, { type: 'preparePoll', poll: { ...poll, rules } });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  await stage.does(stage.chair, { type: 'closePoll', pollId: poll.id });
  return poll.id;
}

export function pollOf(id: PollId, secrecy: PollRules['secrecy'] = 'named'): PollDraft {
  const options = [
    { id: 'yes', text: '同意' },
    { id: 'no', text: '不同意' },
  ];
  const roles = ROLES.filter((role) => may(role, 'poll:vote'));
  return usualPoll({ id, question: '检验时的投票', options, roles, secrecy });
}

/** Makes the convener of the cast convene the probe's studio, or not. */
export async function setConvener(world: World, isConvener: boolean): Promise<void> {
  const { personId } = await world.account('cast/convener');
  const params = { studioId: world.studioId, personId };
  await world.admin.call(officeRoutes.setMember, { params, body: { isConvener } });
}

/** Another sign-in of the same person, which may end. */
export async function spareOf(scene: Scene, { caller, browser }: Knocking): Promise<Browser> {
  const { world, stage } = scene;
  if (caller.kind === 'seat' && isGuest(caller.role)) return (await stage.guest('observer')).browser;
  if (caller.kind === 'nobody') return browser;
  return await world.signIn(scene.spare);
}
