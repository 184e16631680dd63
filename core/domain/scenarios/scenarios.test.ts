import { usualPoll } from '../polls/usual-rules.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainText } from '../outcome.ts';
import { envelop } from '../room/envelop.ts';
import { decide } from '../room/decide.ts';
import { EMPTY_ROOM, type Room } from '../room/state.ts';
import { PollId } from '../ids.ts';
import { SessionPlan } from '../sessions.ts';
import { chairIn, linkRoleOf, recorderIn, writersIn } from './casting.ts';
import { compareRoom } from './happened.ts';
import { outcomeOf } from './markdown.ts';
import { shortNames, uuidOf } from './names.ts';
import { readScenarios, type Scenario } from './scenario.ts';
import { scriptOf } from './script.ts';

const CHAMBER = {
  id: 'all',
  voice: 'decides' as const,
  turnout: {
    due: 3,
    presentAtOpening: 3,
    presentAtStop: 3,
    entitled: 3,
    entitledPresent: 3,
    issued: 3,
    cast: 3,
    blank: 0,
    invalid: 0,
    valid: 3,
    silent: 0,
  },
  unweighed: null,
  weighs: null,
  verdict: null,
};

const folder = new URL('../../../prisma/seed/scenarios/', import.meta.url);
const files = readdirSync(folder).map((name): unknown =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
);
const [first] = files;
if (typeof first !== 'object' || first === null) throw new Error('no scenarios on disk');

function read(json: unknown): Scenario {
  const result = readScenarios(json);
  const [scenario] = result.ok ? result.scenarios : [];
  if (scenario === undefined) throw new Error(JSON.stringify(result));
  return scenario;
}

const small = {
  id: 'small',
  title: '小会',
  participants: [
    { id: 'a', role: 'member', displayName: '甲' },
    { id: 'b', role: 'resident', displayName: '乙' },
  ],
  agenda: [{ title: '谈', kind: 'exchange' }],
};

describe('readScenarios', () => {
  test('reads every file of the demo, alone and together', () => {
    expect(files).toHaveLength(7);
    expect(readScenarios({ scenarios: files })).toMatchObject({ ok: true });
    for (const file of files) expect(readScenarios(file)).toMatchObject({ ok: true });
  });

  test('needs people and an agenda, and no more', () => {
    expect(read(small)).toMatchObject({ views: [], votes: [], venues: [{ id: 'main' }], checks: {} });
  });

  test.each([
    [
      'a role that does not exist',
      { participants: [{ id: 'a', role: 'mayor', displayName: '甲' }] },
      'participants.0.role',
    ],
    ['no people', { participants: [] }, 'participants'],
    [
      'two people of one id',
      { participants: [small.participants[0], small.participants[0]] },
      'participants',
    ],
    ['a view by a stranger', { views: [{ id: 'v', by: 'z', stance: 'info', text: '话' }] }, 'views.0.by'],
    [
      'a stance that does not exist',
      { views: [{ id: 'v', by: 'a', stance: 'angry', text: '话' }] },
      'views.0.stance',
    ],
    ['a text that is a number', { title: 7 }, 'title'],
  ])('refuses %s and says where', (_, change, where) => {
    const result = readScenarios({ ...small, ...change });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.complaints.map((complaint) => complaint.where)).toContain(where);
  });

  test.each([[null], [[]], ['text'], [{}], [{ scenarios: [] }]])('refuses %j as a file', (json) => {
    expect(readScenarios(json)).toMatchObject({ ok: false, complaints: [{ where: '(file)' }] });
  });

  test('says in which scenario of several the mistake is', () => {
    const result = readScenarios({ scenarios: [small, { ...small, title: 7 }] });
    expect(result).toMatchObject({ ok: false, complaints: [{ where: 'scenarios.1.title' }] });
  });
});

describe('scriptOf', () => {
  test.each(files.map((file) => [read(file)]))('keeps every word of $id, in order', (scenario) => {
    const script = scriptOf(scenario, 'x', chairIn(scenario) ?? '');
    const commands = script.scenes
      .flatMap((scene) => scene.acts)
      .flatMap((act) => (act.type === 'command' ? [act] : []));
    const of = (type: string) => commands.filter((act) => act.command.type === type).map((act) => act.about);
    expect(of('postView')).toEqual(scenario.views.map((view) => view.id));
    expect(of('postReply').toSorted()).toEqual(
      scenario.departmentReplies.map((reply) => reply.id).toSorted(),
    );
    expect(of('closePoll')).toEqual(scenario.votes.map((vote) => vote.id));
    expect(of('recordTask')).toEqual(scenario.followUps.map((task) => task.id));
    expect(SessionPlan.safeParse(script.plan).success).toBe(true);
  });

  test('spreads the views over the items where people speak, and the polls over theirs', () => {
    const scenario = read(first);
    const script = scriptOf(scenario, 'x', 'p01');
    const kinds = script.plan.agenda.map((item) => item.kind);
    for (const [index, scene] of script.scenes.entries()) {
      const types = new Set(scene.acts.map((act) => (act.type === 'command' ? act.command.type : act.type)));
      expect(types.has('postView')).toBe(
        ['briefing', 'member_speech', 'public_speech', 'exchange'].includes(kinds[index] ?? ''),
      );
      expect(types.has('castBallot')).toBe(kinds[index] === 'poll');
      expect(types.has('write')).toBe(kinds[index] === 'drafting');
    }
  });

  test('gives other ids in another scope and the same in the same', () => {
    const scenario = read(first);
    const ids = (scope: string) => scriptOf(scenario, scope, 'p01').plan.id;
    expect(ids('x')).toBe(ids('x'));
    expect(ids('x')).not.toBe(ids('y'));
  });
});

describe('chairIn', () => {
  test('takes whom the studio names, else the role, else nobody', () => {
    expect(chairIn(read({ ...small, studio: { host: 'b', convener: 'a' } }))).toBe('b');
    expect(chairIn(read({ ...small, studio: { convener: 'a' } }))).toBe('a');
    expect(chairIn(read(small))).toBe('a');
    expect(chairIn(read({ ...small, participants: [small.participants[1]] }))).toBeNull();
  });

  test('lets the chair write and record when nobody else can', () => {
    expect(writersIn(read(small))).toEqual(['a']);
    expect(recorderIn(read(small))).toBe('a');
    expect(linkRoleOf(read(small), 'b')).toBe('resident');
    expect(linkRoleOf(read({ ...small, studio: { host: 'b' } }), 'b')).toBeNull();
  });
});

describe('outcomeOf', () => {
  test('reads headings, lists, quotes, rules and marks', () => {
    const doc = outcomeOf('# 题\n\n一段**重**和~~删~~\n1. 甲\n2. 乙\n\n- 丙\n> 引\n---\n');
    expect(doc.content?.map((node) => node.type)).toEqual([
      'heading',
      'paragraph',
      'orderedList',
      'bulletList',
      'blockquote',
      'horizontalRule',
    ]);
    expect(plainText(doc)).toBe('题\n一段重和删\n甲\n乙\n丙\n引');
    expect(doc.content?.[1]?.content?.[1]).toEqual({ type: 'text', text: '重', marks: [{ type: 'bold' }] });
  });

  test('makes an empty text of nothing', () => {
    expect(outcomeOf('')).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
  });
});

describe('shortNames', () => {
  test('keeps names that will do and replaces all when one will not', () => {
    expect(['20', 'y'].map(shortNames(['20', 'y'], 'option'))).toEqual(['20', 'y']);
    expect(['赞成', 'n'].map(shortNames(['赞成', 'n'], 'option'))).toEqual(['option1', 'option2']);
    expect(shortNames(['y'], 'option')('unknown')).toBe('unknown');
  });
});

describe('uuidOf', () => {
  test('is stable and well-formed', () => {
    expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('a')).toBe(uuidOf('a'));
    expect(uuidOf('a')).not.toBe(uuidOf('b'));
  });
});

describe('compareRoom', () => {
  test('finds a difference where the room is not what the file expects', () => {
    const scenario = read({ ...small, checks: { participants: 2, views: 0 } });
    const { plan } = scriptOf(scenario, 'x', 'a');
    const events = decide(EMPTY_ROOM, { kind: 'office', office: 'admin' }, { type: 'planSession', plan });
    if (!events.ok) throw new Error(events.error.reason);
    const { room } = envelop(EMPTY_ROOM, {
      by: 'office',
      at: '2026-11-21T01:00:00.000Z',
      events: events.value,
    });
    expect(compareRoom(scenario, room, 'x')).toEqual([
      { what: 'participants', expected: '2', happened: '0', agrees: false },
      { what: 'views', expected: '0', happened: '0', agrees: true },
    ]);
  });

  test('finds a poll that people prepared by hand by its question, and its options by their words', () => {
    const options = [
      { id: '7', text: '7天' },
      { id: '10', text: '10天' },
    ];
    const expected = { eligible: 3, cast: 3, counts: { '7': 1, '10': 2 } };
    const scenario = read({
      ...small,
      votes: [{ id: 'q', question: '几天拆除？', kind: 'single', options, expected }],
    });
    const held = (counts: Record<string, number>): Room => ({
      ...EMPTY_ROOM,
      polls: [
        {
          phase: 'closed',
          draft: usualPoll({
            id: PollId.parse('00000000-0000-4000-8000-000000000001'),
            question: '几天拆除？',
            options: [
              { id: 'o1', text: '7天' },
              { id: 'o2', text: '10天' },
            ],
            roles: ['member'],
          }),
          openedAt: '2026-11-21T01:00:00.000Z',
          closedAt: '2026-11-21T01:01:00.000Z',
          seal: '',
          roll: [],
          electorate: [],
          result: {
            chambers: [{ ...CHAMBER, count: { of: 'choices', choices: counts } }],
            groups: [],
          },
          ballots: [],
          papers: [],
        },
      ],
    });
    const wrong = (room: Room) => compareRoom(scenario, room, 'x').filter(({ agrees }) => !agrees);
    expect(wrong(held({ o1: 1, o2: 2 }))).toEqual([]);
    expect(wrong(held({ o1: 2, o2: 1 }))).toMatchObject([
      { what: 'q counts', expected: '10 2, 7 1', happened: '10 1, 7 2' },
    ]);
  });
});
