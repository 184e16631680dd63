import { describe, expect, it } from 'vitest';
import { DOORS } from '../../core/contract/limits.ts';
import { convener, db, at, join, makeLink, newGuest, setJoinStage, why } from '../testing/join-stage.ts';
import type { Browser } from '../testing/test-server.ts';

setJoinStage();

const entry = async (one: Browser) => (await one.get(`${at}/entry?known=waiting`)).body;
const isRemoved = async (id: string) =>
  (await db.prisma.participant.findFirstOrThrow({ where: { id } })).isRemoved;
const admit = (...participantIds: readonly string[]) =>
  convener.send('POST', `${at}/lobby/admit`, { participantIds });

/** A lobby with somebody in it. */
async function withOne() {
  expect(why(await convener.send('PUT', `${at}/lobby`, { isOn: true }))).toBe('done');
  const { token } = await makeLink();
  const guest = newGuest();
  const joined = await join(guest, token, { name: '候会的人' });
  expect(why(joined)).toBe('done');
  return { guest, token, id: String(joined.body.participantId) };
}

describe('the lobby', () => {
  it('tells whoever waits nothing of the room, also in the rows that statements ask [H1]', async () => {
    const { guest, token, id } = await withOne();
    const document = (await convener.get(`${at}/snapshot`)).body.room.plan.documentId;
    for (const path of [`${at}/snapshot`, `${at}/events?after=0`, at, `${at}/views?before=9`])
      expect(why(await guest.get(path)), path).toBe('IN_LOBBY');
    expect((await guest.get(`/api/documents/${document}/door`)).status).toBeGreaterThanOrEqual(400);
    expect(why(await guest.send('POST', `${at}/enter`, {}))).toBe('IN_LOBBY');
    expect(await isRemoved(id)).toBe(true);
    // Their place is kept: the same browser again is the same person, who waits.
    expect((await join(guest, token)).body.participantId).toBe(id);
    expect((await convener.get(`${at}/snapshot`)).body.room.participants[id]).toMatchObject({
      name: '候会的人',
    });
  });

  it('tells them within a second when they are let in [H1]', async () => {
    const { guest, id } = await withOne();
    expect((await guest.get(`${at}/entry`)).body).toMatchObject({
      entry: 'waiting',
      title: '小学门口的交通',
    });
    const asked = entry(guest);
    // The question is at the door before anybody answers it.
    await convener.get(`${at}/snapshot`);
    const began = performance.now();
    expect(why(await admit(id))).toBe('done');
    expect(await asked).toMatchObject({ entry: 'in' });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await isRemoved(id)).toBe(false);
    const { rows } = await db.pool.query(
      `select payload::text as payload, personal::text as personal from room_event
       where type = 'lobby:admitted' and payload->'participantIds' ? $1`,
      [id],
    );
    expect(rows).toEqual([
      { payload: expect.not.stringContaining('候会的人'), personal: expect.stringContaining('候会的人') },
    ]);
    expect((await guest.get(`${at}/snapshot`)).body.mine.participantId).toBe(id);
    expect(why(await guest.send('POST', `${at}/enter`, {}))).toBe('done');
    expect(await entry(guest)).toMatchObject({ entry: 'in' });
  });

  it('turns away with the reason, for good, and holds nobody for ever [H2]', async () => {
    const { guest, token, id } = await withOne();
    const began = performance.now();
    expect(await entry(guest)).toMatchObject({ entry: 'waiting' });
    expect(performance.now() - began).toBeLessThan(DOORS.entryHoldMs + 2_000);
    expect(why(await convener.send('POST', `${at}/lobby/${id}/turn-away`, { why: '名额已满' }))).toBe('done');
    expect(await entry(guest)).toMatchObject({ entry: 'turnedAway', why: '名额已满' });
    expect(why(await guest.get(`${at}/snapshot`))).toBe('REMOVED_FROM_SESSION');
    expect(why(await join(guest, token))).toBe('REMOVED_FROM_SESSION');
    expect(why(await convener.send('POST', `${at}/lobby/${id}/turn-away`, { why: '再次' }))).toBe(
      'PARTICIPANT_UNKNOWN',
    );
    const { rows } = await db.pool.query(
      `select payload::text as payload, personal->>'why' as why from room_event where type = 'lobby:turnedAway'`,
    );
    expect(rows).toEqual([{ payload: expect.not.stringContaining('名额'), why: '名额已满' }]);
  });
});
