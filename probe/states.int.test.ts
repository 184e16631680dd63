import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS, callerName, refusalAt, type Caller } from '../core/contract/access.ts';
import { isDoneIn } from '../core/contract/course.ts';
import { roomDoors, type RoomDoor } from '../core/contract/room.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { may, ROLES } from '../core/domain/people.ts';
import type { Reason } from '../core/domain/refusals.ts';
import { COURSE } from '../core/domain/room/course.ts';
import { isUnpublished, SESSION_STATES, type SessionState } from '../core/domain/sessions.ts';
import { startStand } from '../server/testing/room-stand.ts';
import { openStatesStage, type Asker } from './states-stage.ts';
import { bodyOf } from './t08-calls.ts';

/** What stands in a path where it is no uuid. */
const NOWHERE: Readonly<Record<string, string>> = { venueId: 'nowhere', sha256: 'f'.repeat(64) };

let stage: Awaited<ReturnType<typeof openStatesStage>>;
beforeAll(async () => {
  stage = await openStatesStage();
});
afterAll(() => stage.close());

const DOORS = Object.keys(roomDoors) as RoomDoor[];
const CALLERS: readonly Caller[] = [
  ...ROLES.map((role) => ({ kind: 'seat', role }) as const),
  { kind: 'office', office: 'admin' },
  { kind: 'office', office: 'staff' },
];
const askerOf = (caller: Caller) => callerName(caller) as Asker;
/** What they are told who may not do it in any state, and whoever may not know of it now. */
const ABOUT_WHO: ReadonlySet<Reason> = new Set(['ROLE_MAY_NOT', 'NOT_IN_SESSION', 'SESSION_UNKNOWN']);
const ABOUT_STATE: ReadonlySet<Reason> = new Set([
  'SESSION_CLOSED',
  'SESSION_NOT_OPEN',
  'SESSION_STATE_OTHER',
  'SESSION_ALREADY_OPEN',
  'SESSION_NOT_PAUSED',
]);
/** Leave and answers are one's own: they are asked about their own seat. */
const OWN: ReadonlySet<RoomDoor> = new Set(['stateLeave', 'withdrawLeave', 'acceptInvitation']);

/** What an administrator does as the office though they have a seat, in a session that has begun. */
const BESIDE_SEAT: ReadonlySet<RoomDoor> = new Set([
  ...OWN,
  'changeParticipant',
  'removeParticipant',
  'hideNames',
  'nameHost',
  'checkIn',
  'undoCheckIn',
]);

/** Asks at a door with ids that are nowhere; how it ended, and whether it changed something. */
async function askAt(name: RoomDoor, caller: Caller, sessionId: SessionId) {
  const { method, path } = roomDoors[name].route;
  const body = bodyOf(`${method} ${path}`, sessionId);
  const own = OWN.has(name) && caller.kind === 'seat' ? stage.seatOf(sessionId, caller.role) : undefined;
  const there = path.replaceAll(/:(\w+)/g, (_all, param: string) =>
    param === 'sessionId' ? sessionId : (NOWHERE[param] ?? own ?? crypto.randomUUID()),
  );
  const answer = await stage.as(askerOf(caller)).send(method, there, body);
  return { answer, isDone: answer.status < 300, reason: answer.body.reason as Reason | undefined };
}

type Cell = { readonly name: RoomDoor; readonly caller: Caller };
const CELLS: readonly Cell[] = DOORS.flatMap((name) => CALLERS.map((caller) => ({ name, caller })));
const FOR_ALL: ReadonlySet<SessionState> = new Set(['draft', 'in_session', 'archived']);
/** How many ask at once. */
const AT_ONCE = 36;

async function expectLetIn({ name, caller }: Cell, state: SessionState, sessionId: SessionId) {
  const { answer, isDone, reason } = await askAt(name, caller, sessionId);
  const said = `${name} by ${callerName(caller)} in ${state}: ${answer.status} ${JSON.stringify(answer.body)}`;
  expect(answer.body.code, said).not.toBe('INVALID_INPUT');
  if (refusalAt(ACCESS[name], caller) !== null)
    // Over and closed is said to everybody; beyond that nobody learns what they may not do whether it is there.
    expect(reason !== undefined && (ABOUT_WHO.has(reason) || ABOUT_STATE.has(reason)), said).toBe(true);
  else if (isDoneIn(name, caller, state))
    expect(isDone || (reason !== undefined && !ABOUT_WHO.has(reason) && !ABOUT_STATE.has(reason)), said).toBe(
      true,
    );
  else expect(isDone, said).toBe(false);
  return isDone;
}

describe('role × state × command', () => {
  it.each(SESSION_STATES)(
    'is over HTTP what is published: every command of whoever may give it in %s, of everybody in three [P1] [S1] [S8]',
    async (state) => {
      let sessionId = await stage.make(state);
      const letIn = CELLS.filter(({ name, caller }) => isDoneIn(name, caller, state));
      // Whose role may not do it in any state is asked in three of them, for a third of the time.
      const refused = CELLS.filter(
        (cell) =>
          !letIn.includes(cell) && (FOR_ALL.has(state) || refusalAt(ACCESS[cell.name], cell.caller) === null),
      );
      for (let first = 0; first < refused.length; first += AT_ONCE)
        await Promise.all(
          refused.slice(first, first + AT_ONCE).map((cell) => expectLetIn(cell, state, sessionId)),
        );
      for (const cell of letIn) {
        const isDone = await expectLetIn(cell, state, sessionId);
        const { to } = COURSE[cell.name];
        if (isDone && to !== undefined && to !== state) sessionId = await stage.make(state);
      }
      if (FOR_ALL.has(state)) expect(refused.length + letIn.length).toBe(DOORS.length * CALLERS.length);
    },
    120_000,
  );

  it('is, of an administrator with a seat, the seat’s, and the office’s where that looks after people and plans [P15]', async () => {
    const [state, seat, office] = ['in_session', 'observer', { kind: 'office', office: 'admin' }] as const;
    const sessionId = await stage.make(state, seat);
    for (const name of DOORS) {
      const bySeat = isDoneIn(name, { kind: 'seat', role: seat }, state);
      const byOffice = BESIDE_SEAT.has(name) && isDoneIn(name, office, state);
      const { answer, isDone, reason } = await askAt(name, office, sessionId);
      const said = `${name}: ${answer.status} ${JSON.stringify(answer.body)}`;
      if (bySeat || byOffice)
        expect(
          isDone || (reason !== undefined && !ABOUT_WHO.has(reason) && !ABOUT_STATE.has(reason)),
          said,
        ).toBe(true);
      else expect(isDone, said).toBe(false);
    }
  });

  it('is over sockets what is published: who may hear a session in which state [P1] [S8]', async () => {
    const stand = await startStand(stage.db.pool);
    try {
      const clients = await Promise.all(
        ROLES.map(async (role) => {
          const personId = stage.personOf(role);
          return { role, client: await stand.connected({ personId } as never) };
        }),
      );
      for (const state of SESSION_STATES) {
        const sessionId = await stage.make(state);
        for (const { role, client } of clients) {
          const { ok } = await client.hear({ sessionId }, 0);
          expect(ok, `${role} hears ${state}`).toBe(mayHear(role, state));
        }
      }
    } finally {
      await stand.stop();
    }
  });
});

function mayHear(role: (typeof ROLES)[number], state: SessionState): boolean {
  return may(role, 'room:read') && (!isUnpublished(state) || may(role, 'people:manage'));
}
