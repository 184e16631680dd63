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
  poll,
  plan,
  pollId,
  seated,
  type table,
  uuid,
  view,
  viewId,
} from './builders.ts';
import { ReplyId, TaskId } from '../domain/ids.ts';
import { concluding } from './arbitrary-concluding.ts';
import { filesFor, picture } from './arbitrary-materials.ts';
import { curating } from './arbitrary-curating.ts';
import { naming } from './arbitrary-names.ts';
import { asking } from './arbitrary-questions.ts';

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
// Few polls and views, so that what is done to them finds one.
const few = fc.nat({ max: 1 });
const options = ['y', 'n', 'a', 'ghost'] as const;

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

const opinion: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({
      n: fc.oneof(few, fc.nat({ max: 30 })),
      stance: fc.constantFrom(...STANCES),
      to: fc.option(small),
    })
    .map(({ n, stance, to }): Command => ({
      type: 'postView',
      view: {
        ...view(n),
        stance,
        replyTo: to === null ? null : viewId(to),
        ...(n % 3 === 0 ? { pictures: [picture(n)], place: '北门' } : {}),
      },
    })),
  fc.record({ n: small, to: small }).map(({ n, to }): Command => ({
    type: 'postReply',
    reply: {
      id: ReplyId.parse(uuid('repl', n)),
      toViews: [viewId(to)],
      commitment: 'can_do',
      text: '答复',
    },
  })),
);

/** What people do with a view that was posted; few views, so that they meet. */
const aboutView: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: few.map((n): Command => ({ type: 'endorseView', viewId: viewId(n) })) },
  { weight: 5, arbitrary: few.map((n): Command => ({ type: 'unendorseView', viewId: viewId(n) })) },
  {
    weight: 6,
    arbitrary: fc
      .record({ n: few, words: few })
      .map(({ n, words }): Command => ({ type: 'editView', viewId: viewId(n), text: `改 ${words}` })),
  },
  { weight: 3, arbitrary: small.map((n): Command => ({ type: 'withdrawView', viewId: viewId(n) })) },
  { weight: 4, arbitrary: curating },
);

const polling: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ n: few, secret: fc.boolean() }).map(({ n, secret }): Command => ({
    type: 'preparePoll',
    poll: poll(n, { secrecy: secret ? 'secret' : 'named' }),
  })),
  few.map((n): Command => ({ type: 'openPoll', pollId: pollId(n) })),
  few.map((n): Command => ({ type: 'closePoll', pollId: pollId(n) })),
  {
    weight: 5,
    arbitrary: fc.record({ n: few, choice: fc.constantFrom(...options) }).map(({ n, choice }): Command => ({
      type: 'castBallot',
      pollId: pollId(n),
      paper: { choices: [choice], scores: null },
    })),
  },
);

const anItem = fc.nat({ max: 6 }).map(itemId);
const somewhere = fc.option(anItem);

const venue = fc.constantFrom('v-main', 'v-mobile', 'v-ghost');

/** Calling the roll, sensibly or not. */
export const rolling: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ n: person, venue })
    .map(({ n, venue: venueId }): Command => ({ type: 'checkIn', participantId: participantId(n), venueId })),
  venue.map((venueId): Command => ({ type: 'checkInByCode', venueId })),
  fc
    // Few people, so that what was said of somebody is taken back.
    .record({
      n: fc.constantFrom(1, 3),
      type: fc.constantFrom('undoCheckIn', 'stateLeave', 'withdrawLeave', 'acceptInvitation'),
    })
    .map(({ n, type }): Command => ({ type, participantId: participantId(n) })),
  fc
    .constantFrom(1, 3)
    .map((n): Command => ({ type: 'stateLeave', participantId: participantId(n), why: '出差' })),
);

/** Somebody of the same unit is named for somebody; few, so that it is taken back. */
const delegating: fc.Arbitrary<Command> = fc
  .record({ n: fc.constantFrom(1, 2, 5), by: fc.integer({ min: CAST.length, max: CAST.length + 3 }) })
  .map(({ n, by }): Command => ({
    type: 'nameDeputy',
    participantId: participantId(n),
    deputy: { id: participantId(by), name: `代 ${by}`, affiliation: '县直单位' },
    personId: personId(by),
  }));

/** Changes of the agenda, sensible or not. */
export const arranging: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ id: anItem, before: somewhere, minutes: fc.nat({ max: 20 }) })
    .map(({ id, before, minutes }): Command => ({
      type: 'addAgendaItem',
      item: { id, title: '补充议程', kind: 'exchange', speakerRole: 'any', minutes },
      before,
    })),
  anItem.map((item): Command => ({ type: 'removeAgendaItem', itemId: item })),
  fc
    .record({ item: anItem, before: somewhere })
    .map(({ item, before }): Command => ({ type: 'placeAgendaItem', itemId: item, before })),
  fc
    .record({ from: anItem, to: anItem, minutes: fc.integer({ min: 1, max: 12 }) })
    .map((moved): Command => ({ type: 'moveMinutes', ...moved })),
  // Mostly open, or the scripts would say nothing.
  fc
    .record({ item: anItem, posting: fc.constantFrom('all', 'all', 'all', 'questions', 'closed') })
    .map(({ item, posting }): Command => ({ type: 'setPosting', itemId: item, posting })),
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

const why = fc.constant('理由');
const until = fc.constantFrom('2026-03-01T08:00:00.000Z', '2026-03-09T08:00:00.000Z');
const planning: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ type: 'submitPlan' }, { type: 'approvePlan' }, { type: 'endCollecting' }),
  fc.constant<Command>({ type: 'endOverdueCollecting' }),
  fc.constantFrom<Command>({ type: 'openSession', why: '测试' }, { type: 'openSession' }),
  fc.constantFrom<Command>({ type: 'pauseSession' }, { type: 'resumeSession' }, { type: 'enterRoom' }),
  why.map((words): Command => ({ type: 'returnPlan', why: words })),
  until.map((at): Command => ({ type: 'collectViews', until: at })),
  until.map((at): Command => ({
    type: 'extendCollecting',
    until: `${at.slice(0, 9)}9T09:00:00.000Z`,
    why: '理由',
  })),
  until.map((at): Command => ({ type: 'adjournSession', until: at })),
  fc.boolean().map((isNamed): Command => {
    return { type: 'revisePlan', plan: isNamed ? { ...plan(), stakeholders: ['家长'] } : plan() };
  }),
);
const ending: fc.Arbitrary<Command> = fc.oneof(
  why.map((words): Command => ({ type: 'cancelSession', why: words })),
  why.map((words): Command => ({ type: 'abortSession', why: words })),
  why.map((words): Command => ({ type: 'adoptOutcome', why: words })),
  fc.constant<Command>({ type: 'endMeeting' }),
  fc.constant<Command>({ type: 'endMeeting' }),
  fc.constant<Command>({ type: 'closeSession' }),
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
  const papers = new Map<string, NonNullable<Facts['papers']>[number][]>();
  for (const { who: asker, command: asked } of script) {
    const before = t.room();
    const known = t.log.length;
    const files = filesFor(before, asked);
    const facts: Facts =
      asked.type === 'closePoll'
        ? { papers: papers.get(asked.pollId) ?? [] }
        : files.length > 0
          ? { files }
          : {};
    const answer = t.ask(asker, asked, facts);
    if (answer.ok && asked.type === 'castBallot') {
      const open = t.room().polls.find((candidate) => candidate.draft.id === asked.pollId);
      if (open?.draft.secrecy === 'secret') {
        papers.set(asked.pollId, [...(papers.get(asked.pollId) ?? []), asked.paper]);
      }
    }
    watch(
      before,
      t.room(),
      t.log.slice(known).map((envelope) => envelope.event),
      asker,
    );
  }
  return { log: t.log, room: t.room() };
}
