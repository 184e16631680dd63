import fc from 'fast-check';
import type { RoomEvent } from '../domain/events.ts';
import { DEFAULT_FLOOR_RULES, FLOOR_ORDERS, FLOOR_OVERRIDES, REQUEST_KINDS } from '../domain/floor.ts';
import { STANCES } from '../domain/views.ts';
import { ROLES } from '../domain/people.ts';
import type { Command } from '../domain/room/commands.ts';
import type { Facts } from '../domain/room/facts.ts';
import type { Who } from '../domain/room/guards.ts';
import type { Room } from '../domain/room/state.ts';
import {
  ADMIN,
  as,
  CAST,
  itemId,
  OFFICE,
  participant,
  participantId,
  personId,
  seated,
  type table,
  uuid,
} from './builders.ts';
import { TaskId } from '../domain/ids.ts';
import { amending } from './arbitrary-amending.ts';
import { arranging } from './arbitrary-agenda.ts';
import { concluding } from './arbitrary-concluding.ts';
import { ending, planning } from './arbitrary-course.ts';
import { filesFor } from './arbitrary-materials.ts';
import { createHeldPapers } from './held-papers.ts';
import { naming } from './arbitrary-names.ts';
import { asking } from './arbitrary-questions.ts';
import { delegating, rolling } from './arbitrary-roll.ts';
import { aboutView, opinion, polling } from './arbitrary-said.ts';

const person = fc.nat({ max: CAST.length + 3 });
const who: fc.Arbitrary<Who> = fc.oneof(
  { weight: 12, arbitrary: person.map(as) },
  { weight: 1, arbitrary: fc.constantFrom(OFFICE, ADMIN) },
  { weight: 1, arbitrary: fc.constant<Who>({ kind: 'link', role: 'resident' }) },
);
const STAFF = { kind: 'participant', id: participantId(CAST.length) } as const;
const seatStaff: Command = {
  type: 'addParticipant',
  participant: participant(CAST.length, 'staff'),
  personId: personId(CAST.length),
};
const small = fc.nat({ max: 5 });

const interruption: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'pauseSession' }),
  person.map((n): Command => ({ type: 'nameHost', participantId: participantId(n) })),
  person.map((n): Command => ({ type: 'removeParticipant', participantId: participantId(n), why: '离场' })),
  fc.record({ n: person, role: fc.constantFrom(...ROLES) }).map(({ n, role }): Command => ({
    type: 'changeParticipant',
    participantId: participantId(n),
    role,
    venueId: 'v-mobile',
  })),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ n: person, role: fc.constantFrom(...ROLES), guest: fc.boolean() })
    .map(({ n, role, guest }): Command => ({
      type: 'addParticipant',
      participant: participant(n, role, guest),
      personId: personId(n),
    })),
  fc.constantFrom<Command>(
    { type: 'enterRoom' },
    { type: 'openSession', why: '测试' },
    { type: 'resumeSession' },
    { type: 'requestFloor' },
    { type: 'withdrawFloor' },
    { type: 'pauseFloor' },
    { type: 'resumeFloor' },
    { type: 'resumeFloor' },
    { type: 'extendFloor', seconds: 60 },
    { type: 'endFloor' },
    { type: 'endOverdueTurn' },
  ),
  fc
    .constantFrom(...FLOOR_ORDERS)
    .map((order): Command => ({ type: 'ruleFloor', rules: { ...DEFAULT_FLOOR_RULES, order } })),
  fc
    .record({ kind: fc.constantFrom(...REQUEST_KINDS), stance: fc.constantFrom(...STANCES) })
    .map((said): Command => ({ type: 'requestFloor', ...said })),
  fc.record({ n: person, overrides: fc.subarray([...FLOOR_OVERRIDES]) }).map(({ n, overrides }): Command => ({
    type: 'giveFloor',
    participantId: participantId(n),
    overrides,
  })),
  fc.nat({ max: 3 }).map((n): Command => ({ type: 'moveAgenda', itemId: itemId(n) })),
  amending,
  arranging,
  rolling,
  delegating,
  small.map((n): Command => ({
    type: 'recordTask',
    task: {
      id: TaskId.parse(uuid('task', n)),
      department: '县城市管理局',
      cooperating: [],
      dueDays: 20,
      task: '提出方案',
      acceptance: '点位图',
    },
  })),
);

/** Somebody whose role usually does this kind of thing, so that scripts get somewhere. */
function naturalAsker(asked: Command, n: number): Who {
  switch (asked.type) {
    case 'postView':
    case 'endorseView':
    case 'unendorseView':
    case 'editView':
    case 'withdrawView':
      return as([1, 3, 6][n % 3] ?? 1);
    case 'castBallot':
    case 'requestFloor':
    case 'withdrawFloor':
      return as([1, 3, 6, 0][n % 4] ?? 1);
    case 'confirmVoid':
      return ADMIN;
    case 'postReply':
    case 'takeQuestion':
    case 'passQuestion':
      return as(2);
    default:
      return as(0);
  }
}

/** One thing that somebody asks of the room, mostly somebody who may; what would stop the script is rare. */
const arbitraryStep: fc.Arbitrary<{ readonly who: Who; readonly command: Command }> = fc
  .record({
    stranger: who,
    natural: fc.integer({ min: 0, max: 9 }),
    n: fc.nat({ max: 11 }),
    command: fc.oneof(
      { weight: 60, arbitrary: command },
      { weight: 60, arbitrary: fc.oneof(opinion, aboutView, polling) },
      { weight: 30, arbitrary: asking },
      { weight: 3, arbitrary: interruption },
      { weight: 1, arbitrary: fc.constant<Command>({ type: 'closeSession' }) },
      { weight: 1, arbitrary: fc.constant<Command>({ type: 'closeSession', waiver: '时间已到' }) },
    ),
  })
  .map(({ stranger, natural, n, command: asked }) => ({
    command: asked,
    who: natural < 7 ? naturalAsker(asked, n) : stranger,
  }));

/** Scripts long enough to open polls, vote and close them. */
export const arbitraryScript = fc.array(arbitraryStep, { minLength: 60, maxLength: 200 });

/** Scripts in which much is said. */
export const arbitraryTalk = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record({ asked: fc.oneof(opinion, aboutView), n: fc.nat({ max: 2 }) })
        .map(({ asked, n }) => ({ command: asked, who: naturalAsker(asked, n) })),
    },
    { weight: 1, arbitrary: arbitraryStep },
  ),
  { minLength: 60, maxLength: 120 },
);

/** Everybody, mostly those who may, moving a session through its states, and meddling with what they meet there. */
export const arbitraryCourse = fc.array(
  fc.record({
    who: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(ADMIN, as(0)) },
      { weight: 2, arbitrary: fc.constantFrom(as(1), as(2), as(3)) },
      { weight: 1, arbitrary: who },
    ),
    command: fc.oneof(
      { weight: 60, arbitrary: planning },
      { weight: 20, arbitrary: fc.oneof(command, opinion, polling) },
      { weight: 2, arbitrary: ending },
      { weight: 12, arbitrary: concluding },
    ),
  }),
  { minLength: 40, maxLength: 120 },
);

/** Everybody, staff above all, meddling with the roll and the chair. */
export const arbitraryPeopleScript = fc
  .array(
    fc.record({
      who: fc.oneof(
        who,
        fc.constantFrom(STAFF, OFFICE, as(0)),
        fc.constantFrom<Who>({ kind: 'link', role: 'expert' }),
      ),
      command: fc.oneof(
        interruption,
        rolling,
        delegating,
        naming,
        fc
          .record({ n: person, role: fc.constantFrom(...ROLES), guest: fc.boolean() })
          .map(({ n, role, guest }): Command => ({
            type: 'addParticipant',
            participant: participant(n, role, guest),
            personId: personId(n),
          })),
        fc.constantFrom(...ROLES).map((role): Command => ({
          type: 'changeParticipant',
          participantId: STAFF.id,
          role,
          venueId: 'v-main',
        })),
      ),
    }),
    { minLength: 20, maxLength: 80 },
  )
  .map((steps) => [{ who: as(0), command: seatStaff }, ...steps]);

type Watch = (before: Room, after: Room, events: readonly RoomEvent[], who: Who) => void;

/** Plays a script on an open session, keeping secret papers as the engine does. */
export function runSteps(
  script: readonly { readonly who: Who; readonly command: Command }[],
  watch: Watch = () => undefined,
  t: ReturnType<typeof table> = seated({ open: true }),
) {
  const held = createHeldPapers();
  for (const { who: asker, command: asked } of script) {
    const before = t.room();
    const known = t.log.length;
    const files = filesFor(before, asked);
    // Where a log keeps which account it was, it is that of the seat.
    const mark = asked.type === 'proposeVoid' && asker.kind === 'participant' ? { account: asker.id } : {};
    const facts: Facts = { ...(files.length > 0 ? { files } : held.factsFor(asked)), ...mark };
    const { ok: isTaken } = t.ask(asker, asked, facts);
    held.keep(before, asker, { command: asked, isTaken });
    watch(
      before,
      t.room(),
      t.log.slice(known).map((envelope) => envelope.event),
      asker,
    );
  }
  return { log: t.log, room: t.room() };
}
