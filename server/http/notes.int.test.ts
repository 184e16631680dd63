import { beforeEach, expect, it } from 'vitest';
import { planOf } from '../testing/test-house.ts';
import {
  admin,
  convener,
  db,
  house,
  member,
  setPeopleStage,
  stranger,
  why,
} from '../testing/people-stage.ts';

setPeopleStage();

let at = '';
let seatIds: readonly string[] = [];
beforeEach(async () => {
  const planned = planOf(house);
  at = `/api/sessions/${planned.sessionId}`;
  seatIds = planned.seatIds;
  expect(why(await convener.send('POST', '/api/sessions', planned.body))).toBe('done');
});
const keep = (who: typeof member, text: string, after: number) =>
  who.send('PUT', `${at}/note`, { text, after });

it('keeps notes for whoever wrote them, and gives them to nobody else [Z1]', async () => {
  expect((await member.get(`${at}/note`)).body).toEqual({ text: '', version: 0, at: null });
  expect((await keep(member, '先问停车位\n再问灯', 0)).body).toMatchObject({ version: 1 });
  expect((await convener.get(`${at}/note`)).body.text).toBe('');
  expect(why(await stranger.get(`${at}/note`))).toBe('SESSION_UNKNOWN');
  // The administrator outside the session has nothing to note in it.
  for (const answer of [await admin.get(`${at}/note`), await keep(admin, '看', 0)])
    expect(why(answer)).toBe('NOT_IN_SESSION');
  const seen = await Promise.all(
    ['/snapshot', '/events?after=0'].map((path) => convener.get(`${at}${path}`)),
  );
  expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain('停车位');
  expect((await member.get(`${at}/note`)).body).toMatchObject({ text: '先问停车位\n再问灯', version: 1 });
});

it('takes the same text once, no other behind an old version, and forgets what is emptied [Z1]', async () => {
  await keep(member, '一', 0);
  // The answer was lost: sent again it is kept already.
  expect((await keep(member, '一', 0)).body).toMatchObject({ version: 1 });
  expect(why(await keep(member, '二', 0))).toBe('NOTE_ELSEWHERE');
  const both = await Promise.all([keep(member, '甲', 1), keep(member, '乙', 1)]);
  expect(both.map(why).toSorted()).toEqual(['NOTE_ELSEWHERE', 'done']);
  await keep(member, '', 2);
  const { rows } = await db.pool.query('select text, version from session_note');
  expect(rows).toContainEqual({ text: '', version: 3 });
  expect((await keep(member, 'x'.repeat(10_001), 3)).status).toBe(400);
});

it('stores nothing of somebody who was removed [Z1] [P2]', async () => {
  await keep(member, '一', 0);
  const { body } = await convener.get(`${at}/snapshot`);
  const seat = seatIds.find((id) => body.room.participants[id].role === 'member');
  expect(why(await convener.send('DELETE', `${at}/participants/${seat}`, { why: '重复' }))).toBe('done');
  expect(why(await keep(member, '二', 1))).toBe('REMOVED_FROM_SESSION');
});
