import { describe, expect, it } from 'vitest';
import { DOORS } from '../../core/contract/limits.ts';
import { attendanceOf } from '../../core/domain/room/roll.ts';
import {
  admin,
  convener,
  db,
  member,
  openOne,
  setPeopleStage,
  stranger,
  why,
} from '../testing/people-stage.ts';
import { checkInCode } from './check-in-code.ts';
import type { Browser } from '../testing/test-server.ts';

setPeopleStage();

/** What the test's server signs with. */
const SECRET = 'a secret that only tests know about';

async function seatIn(at: string, id: string | undefined, who: Browser = convener) {
  const { body } = await who.get(`${at}/snapshot`);
  return body.room.participants[id ?? ''];
}

describe('checking in at a venue', () => {
  it('takes the code on the screen from somebody with a seat, and says where and how [M2] [M3]', async () => {
    const { at, seatIds } = await openOne();
    const shown = await convener.get(`${at}/venues/branch/check-in-code`);
    expect(shown.status).toBe(200);
    const { code, url, nextInMs } = shown.body;
    expect(url).toContain(`/check-in#${at.split('/')[3]}.${code}`);
    expect(nextInMs).toBeLessThanOrEqual(DOORS.checkInCodeMs);

    const { body } = await member.send('POST', `${at}/check-in`, { code });
    const event = {
      type: 'participant:checkedIn',
      participantId: seatIds[1],
      venueId: 'branch',
      way: 'code',
      from: 'main',
    };
    expect(body.events[0].event).toEqual(event);
    expect(await seatIn(at, seatIds[1])).toMatchObject({ venueId: 'branch', checkedIn: { way: 'code' } });
    // Again is no news.
    expect((await member.send('POST', `${at}/check-in`, { code })).body).toEqual({
      events: [],
      venueName: '分会场',
    });

    expect(why(await stranger.send('POST', `${at}/check-in`, { code }))).toBe('SESSION_UNKNOWN');
    expect(why(await admin.send('POST', `${at}/check-in`, { code }))).toBe('ROLE_MAY_NOT');
    expect(why(await member.get(`${at}/venues/branch/check-in-code`))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.get(`${at}/venues/nowhere/check-in-code`))).toBe('VENUE_UNKNOWN');
  });

  it('refuses a code of an earlier minute, of another session, and a made-up one [M3]', async () => {
    const [{ at, sessionId }, other] = [await openOne(), await openOne()];
    const codeOf = (id: typeof sessionId, agoMs: number) =>
      checkInCode(SECRET, { sessionId: id, venueId: 'branch' }, Date.now() - agoMs).code;
    const send = async (code: string) => why(await member.send('POST', `${at}/check-in`, { code }));
    expect(await send(codeOf(sessionId, 60_000))).toBe('CODE_EXPIRED');
    expect(await send(codeOf(other.sessionId, 0))).toBe('CODE_UNKNOWN');
    expect(await send(`${codeOf(sessionId, 0).slice(0, -2)}xx`)).toBe('CODE_UNKNOWN');
    expect(await send(codeOf(sessionId, 0))).toBe('done');
  });

  it('calls people without a phone on the roll, and keeps leave, in the record as it is verified [M2] [M4]', async () => {
    const { at, seatIds } = await openOne();
    const [chair, own, department] = seatIds;
    const seat = (id: string | undefined) => `${at}/participants/${id}`;
    expect(why(await member.send('PUT', `${seat(department)}/check-in`, { venueId: 'main' }))).toBe(
      'ROLE_MAY_NOT',
    );
    expect(why(await convener.send('PUT', `${seat(department)}/check-in`, { venueId: 'branch' }))).toBe(
      'done',
    );
    expect(why(await member.send('PUT', `${seat(own)}/leave`, {}))).toBe('done');
    expect(why(await member.send('PUT', `${seat(chair)}/leave`, {}))).toBe('ROLE_MAY_NOT');
    const roll = [await seatIn(at, department), await seatIn(at, own)];
    expect(roll.map(attendanceOf)).toEqual(['present', 'excused']);
    expect(why(await admin.send('DELETE', `${seat(own)}/leave`, {}))).toBe('done');
    expect(why(await convener.send('DELETE', `${seat(department)}/check-in`, {}))).toBe('done');
    const after = [await seatIn(at, department), await seatIn(at, own)];
    expect(after.map(attendanceOf)).toEqual(['expected', 'present']);
    // Nothing of it names anybody, so nothing of it is to be erased.
    const { rows } = await db.pool.query(
      `select count(*)::int as n from room_event where payload->>'type' in
       ('participant:checkedIn', 'participant:checkInUndone', 'leave:stated', 'leave:withdrawn') and personal is not null`,
    );
    expect(rows[0]?.n).toBe(0);
  });
});
