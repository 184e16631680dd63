import { PollId } from '../../core/domain/ids.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DOORS } from '../../core/contract/limits.ts';
import { Page, withPage, withPoll } from '../../core/domain/room/earlier.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { planOf, stepBody } from '../testing/test-house.ts';

const VIEWS = DOORS.snapshotSaid + 55;
import { convener, house, member, setPeopleStage, stranger } from '../testing/people-stage.ts';

setPeopleStage();

/** A session in which a member has said so much; the last view answers the first. */
async function talkative() {
  const { sessionId, body } = planOf(house);
  const at = `/api/sessions/${sessionId}`;
  await convener.send('POST', '/api/sessions', body);
  for (const step of ['enter', 'open']) await convener.send('POST', `${at}/${step}`, stepBody(step));
  const views = Array.from({ length: VIEWS }, (_, n) => ({
    id: randomUUID(),
    stance: n % 2 === 0 ? 'support' : 'oppose',
    text: `第${n}句`,
    replyTo: null as string | null,
  }));
  const last = views[VIEWS - 1];
  if (last !== undefined) last.replyTo = views[0]?.id ?? null;
  for (const view of views) {
    const answer = await member.send('POST', `${at}/views`, view);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
  return { at, ids: views.map(({ id }) => id) };
}

describe('getSnapshot', () => {
  it('carries the newest things said, what they answer, and how many there are before [R1] [R3]', async () => {
    const { at, ids } = await talkative();
    const { room } = (await member.get(`${at}/snapshot`)).body;
    expect(room.views.map(({ id }: { id: string }) => id)).toEqual(ids.slice(-DOORS.snapshotSaid));
    expect(room.earlier).toMatchObject({ views: VIEWS - DOORS.snapshotSaid, replies: 0 });
    expect(room.earlier.cited.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
  });

  it('is not sent again to whoever has it, and is to whoever has another', async () => {
    const { at } = await talkative();
    const first = await member.get(`${at}/snapshot`);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    const known = { 'if-none-match': `"other", ${tag}` };
    const again = await member.get(`${at}/snapshot`, known);
    expect([again.status, again.body]).toEqual([304, '']);
    // Another person's snapshot says which seat is theirs.
    expect((await convener.get(`${at}/snapshot`, known)).status).toBe(200);
    await member.send('POST', `${at}/floor/requests`, {});
    const later = await member.get(`${at}/snapshot`, known);
    expect(later.status).toBe(200);
    expect(later.headers.get('etag')).not.toBe(tag);
  });
});

describe('getViews', () => {
  it('brings the earlier ones until the room is whole [R1]', async () => {
    const { at, ids } = await talkative();
    let room: Room = (await member.get(`${at}/snapshot`)).body.room;
    for (let before = room.earlier?.before; before !== undefined; before = room.earlier?.before)
      room = withPage(room, Page.parse((await member.get(`${at}/views?before=${before}&limit=20`)).body));
    expect(room.views.map(({ id }) => id)).toEqual(ids);
    const { events } = (await member.get(`${at}/events?after=0`)).body;
    expect(room.seq).toBe(events.length);
  });

  it('brings what passes a filter, and counts what is left of it [R3]', async () => {
    const { at } = await talkative();
    const { views, earlier } = (await member.get(`${at}/views?before=9999&limit=50&stance=oppose`)).body;
    expect(views).toHaveLength(50);
    expect(new Set(views.map(({ stance }: { stance: string }) => stance))).toEqual(new Set(['oppose']));
    expect(earlier.views).toBe(Math.floor(VIEWS / 2) - 50);
    const none = (await member.get(`${at}/views?before=9999&role=expert`)).body;
    expect(none).toMatchObject({ before: 9999, views: [], replies: [], earlier: null });
  });

  it('refuses a size, a seq and a stance that are none, and strangers', async () => {
    const { at, ids } = await talkative();
    for (const query of ['', 'before=0', 'before=9&limit=501', 'before=9&limit=0', 'before=9&stance=loud'])
      expect((await member.get(`${at}/views?${query}`)).body.reason).toBe('FIELD_INVALID');
    for (const path of ['/views?before=9', `/views/${ids[0]}`, `/polls/${randomUUID()}`])
      expect((await stranger.get(at + path)).body.reason).toBe('SESSION_UNKNOWN');
  });
});

describe('getView', () => {
  it('tells where a view stands, however early', async () => {
    const { at, ids } = await talkative();
    expect((await member.get(`${at}/views/${ids[0]}`)).body).toMatchObject({ id: ids[0], text: '第0句' });
    expect((await member.get(`${at}/views/${randomUUID()}`)).body.reason).toBe('VIEW_UNKNOWN');
  });
});

describe('getPoll', () => {
  it('shows no paper before the close, and afterwards all that the room shows [B4] [R4]', async () => {
    const { at } = await talkative();
    const poll = usualPoll({
      id: PollId.parse(randomUUID()),
      question: '是否错时上下学？',
      options: ['y', 'n'].map((id) => ({ id, text: id })),
      roles: ['member'],
    });
    const one = `${at}/polls/${poll.id}`;
    await convener.send('POST', `${at}/polls`, poll);
    await convener.send('POST', `${one}/open`, {});
    await member.send('PUT', `${one}/ballot`, { shape: 'choices', choices: ['y'] });
    for (const reader of [member, convener])
      expect(Object.values((await reader.get(one)).body.ballots)).toEqual([null]);
    await convener.send('POST', `${one}/close`, {});
    const { room } = (await member.get(`${at}/snapshot`)).body;
    const whole = (await member.get(one)).body;
    expect(whole).toEqual(room.polls[0]);
    expect(withPoll({ ...room, polls: [{ ...whole, ballots: [], isBrief: true }] }, whole)).toEqual(room);
  });
});
