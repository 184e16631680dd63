import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyArchive } from '../../client/features/archives/verify.ts';
import { RETENTION } from '../../core/contract/limits.ts';
import {
  closedSession,
  convener,
  cuts,
  DAY_MS,
  daysLater,
  db,
  everything,
  evidence,
  house,
  must,
  openedSession,
  NAMES,
  round,
  server,
  setErasingStage,
  WORDS,
} from '../testing/erasing-stage.ts';
import { sendFile, takeFile } from '../testing/files-by-hand.ts';
import { png } from '../testing/sample-files.ts';
import { planOf } from '../testing/test-house.ts';
import { browser, type Browser } from '../testing/test-server.ts';

setErasingStage();

const LATER = '赵后来';

/** A session that was left for so long that its guests were forgotten, and that somebody new has joined since. */
async function erasedOnce() {
  const { at, sessionId } = await openedSession();
  expect(await round(8)).toMatchObject({ sessions: 1, guests: 2 });
  await db.pool.query(`update session set erased_at = now() - interval '1 hour' where id = $1`, [sessionId]);
  const one = browser(server.url);
  const wish = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 9 };
  const token = (await must(convener.send('POST', `${at}/links`, wish))).url.split('#')[1];
  const asked = { token, key: randomUUID(), consent: true, name: LATER, venueId: null };
  await must(one.send('POST', '/api/join', asked));
  return { at, sessionId, browser: one };
}

describe('eraseRound', () => {
  it('deletes names, affiliations and sign-ins of guests eight days after the close, and keeps their words [E1]', async () => {
    const closed = await closedSession();
    const before = await everything(closed.sessionId);
    for (const name of NAMES) expect(before).toContain(name);
    expect(await round(8)).toMatchObject({ guests: 2, failed: 0 });
    const after = await everything(closed.sessionId);
    for (const name of NAMES) expect(after).not.toContain(name);
    expect(after).toContain(WORDS);
    expect(cuts).toHaveLength(2);
    for (const guest of closed.guests) {
      expect((await guest.browser.get('/api/me')).status).toBe(401);
      expect((await guest.browser.get(`${closed.at}/archive`)).status).toBe(401);
    }
    const { rows } = await db.pool.query(
      `select salt, body_hash from room_event e join room_command c on c.session_id = e.session_id and first_seq = seq
       where e.session_id = $1 and payload->'participant'->'isGuest' = 'true'`,
      [closed.sessionId],
    );
    // Whoever guesses a name finds nothing to compare it with.
    expect(rows).toEqual(NAMES.map(() => ({ salt: null, body_hash: '' })));
  });

  it('deletes the pictures that guests sent, posted or not, and nobody else’s [J4]', async () => {
    const { at, sessionId, guests } = await openedSession();
    const [guest] = guests;
    if (guest === undefined) throw new Error('there is no guest');
    const send = async (one: Browser) => {
      const sent = { url: server.url, path: `${at}/picture-files`, bytes: png(20, 20) };
      return { ...(await sendFile(one, sent)).body.picture, alt: '门口' };
    };
    const post = async (one: Browser, pictures: readonly unknown[]) => {
      const view = { id: randomUUID(), stance: 'info', text: '见图', replyTo: null, pictures };
      await must(one.send('POST', `${at}/views`, view));
      return view.id;
    };
    const theirs = await send(guest.browser);
    const posted = await post(guest.browser, [theirs]);
    await send(guest.browser);
    const kept = await send(convener);
    await post(convener, [kept]);
    await must(convener.send('POST', `${at}/close`, {}));
    const address = `${server.url}${at}/views/${posted}/pictures/${theirs.id}`;
    expect((await takeFile(convener, address)).status).toBe(200);
    await round(8);
    expect((await takeFile(convener, address)).reason).toBe('FILE_UNKNOWN');
    const { rows } = await db.pool.query('select id from session_file where session_id = $1', [sessionId]);
    expect(rows).toEqual([{ id: kept.id }]);
  });

  it('shows no erased name at any door, of a process that held the room before either [E1] [E2]', async () => {
    const closed = await closedSession();
    const doors = ['snapshot', 'events?after=0', 'archive', 'log?after=0'];
    const read = async (who: Browser) =>
      await Promise.all(
        doors.map(async (door) => JSON.stringify(await must(who.get(`${closed.at}/${door}`)))),
      );
    for (const text of await read(convener)) expect(text).toContain(NAMES[0]);
    await round(8);
    for (const text of await read(convener)) for (const name of NAMES) expect(text).not.toContain(name);
  });

  it('leaves a chain that verifies and a log that folds to the archive [E3] [L2] [L4] [L5]', async () => {
    const closed = await closedSession();
    const headBefore = (await evidence(closed)).archive.headHash;
    await round(8);
    const proof = await evidence(closed);
    expect(proof.archive.headHash).toBe(headBefore);
    expect(verifyArchive(proof)).toMatchObject({
      holds: true,
      findings: [{ check: 'chain', erased: 2 }, { check: 'room', part: null }, { check: 'text' }],
    });
    const seats = closed.guests.map(
      ({ id }) => Object.entries(proof.archive.room.participants).find(([key]) => key === id)?.[1],
    );
    expect(seats.map((seat) => [seat?.name, seat?.affiliation, seat?.isGuest])).toEqual(
      NAMES.map(() => ['', '', true]),
    );
    expect(seats[1]?.removedAt).not.toBeNull();
    expect(proof.archive.room.views.map(({ by, text }) => [by, text])).toEqual([
      [closed.guests[0]?.id, WORDS],
    ]);
  });

  it('touches nothing before its day, and no session that is not closed [E1]', async () => {
    const closed = await closedSession();
    const open = planOf(house);
    await must(convener.send('POST', '/api/sessions', open.body));
    const before = await Promise.all([everything(closed.sessionId), everything(open.sessionId)]);
    expect(await round(6)).toEqual({ sessions: 0, guests: 0, failed: 0 });
    expect(RETENTION.guestDays).toBe(7);
    expect(await Promise.all([everything(closed.sessionId), everything(open.sessionId)])).toEqual(before);
    expect((await closed.guests[0]?.browser.get('/api/me'))?.body.name).toBe(NAMES[0]);
    await round(400);
    expect(await everything(open.sessionId)).toBe(before[1]);
  });

  it('forgets guests of a session that nobody closes, as long after the last that happened in it, and again [E5]', async () => {
    const left = await openedSession();
    const until = daysLater(20)();
    const adjourned = await openedSession();
    await must(convener.send('POST', `${adjourned.at}/adjourn`, { until }));
    expect(await round(6)).toMatchObject({ sessions: 0 });
    expect(await round(8)).toEqual({ sessions: 1, guests: 2, failed: 0 });
    const after = await everything(left.sessionId);
    for (const name of NAMES) expect(after).not.toContain(name);
    expect(after).toContain(WORDS);
    // It is no more due until something happens in it; then it is counted anew, and can be closed as ever.
    expect(await round(9)).toMatchObject({ sessions: 0 });
    expect((await left.guests[0]!.browser.get(`${left.at}/snapshot`)).status).toBe(401);
    await must(convener.send('POST', `${left.at}/end`, {}));
    expect(JSON.stringify(await must(convener.get(`${left.at}/snapshot`)))).not.toContain(NAMES[0]);
    await db.pool.query(`update session set erased_at = now() - interval '1 hour' where id = $1`, [
      left.sessionId,
    ]);
    // The other goes on in three weeks: its guests keep their names until a week after.
    expect(await round(26)).toMatchObject({ sessions: 0 });
    expect(await everything(adjourned.sessionId)).toContain(NAMES[0]);
    expect(await round(28)).toMatchObject({ sessions: 1, guests: 2 });
    expect(await everything(adjourned.sessionId)).not.toContain(NAMES[0]);
  });

  it('leaves guests their names and sign-ins to sign with, a week beyond the close and a month at most [E6] [N4]', async () => {
    const [signed, left] = [await openedSession(), await openedSession()];
    for (const { at } of [signed, left]) {
      await must(convener.send('POST', `${at}/end`, {}));
      await must(convener.send('POST', `${at}/text/settle`, { why: '简短会议' }));
    }
    // A sign-in of an account would have ended by then.
    expect(await round(20)).toMatchObject({ sessions: 0, guests: 0 });
    const { rows } = await db.pool.query(
      `select min(expires_at) > now() + interval '59 days' as "isLong" from sign_in s
       join participant p on p.person_id = s.person_id
       where session_id = $1 and s.person_id in (select id from person where is_guest)`,
      [left.sessionId],
    );
    expect(rows).toEqual([{ isLong: true }]);
    const { room } = await must(signed.guests[0]!.browser.get(`${signed.at}/snapshot`));
    const { sha256 } = room.signing.text;
    await must(signed.guests[0]!.browser.send('PUT', `${signed.at}/text/signature`, { sha256 }));
    await must(convener.send('POST', `${signed.at}/adopt`, { why: '主持人不另行签署' }));
    expect(await round(8)).toMatchObject({ sessions: 1, guests: 2 });
    expect(await everything(left.sessionId)).toContain(NAMES[0]);
    expect(await round(29)).toMatchObject({ sessions: 0 });
    expect(await round(31)).toMatchObject({ sessions: 1, guests: 2 });
    expect(await everything(left.sessionId)).not.toContain(NAMES[0]);
    // Adopted on the last day: what was promised is kept all the same.
    const late = await openedSession();
    await must(convener.send('POST', `${late.at}/end`, {}));
    await must(convener.send('POST', `${late.at}/text/settle`, { why: '简短会议' }));
    await must(convener.send('POST', `${late.at}/adopt`, { why: '无人签署' }));
    await db.pool.query(`update session set closed_at = now() + interval '29 days' where id = $1`, [
      late.sessionId,
    ]);
    expect(await round(31)).toMatchObject({ sessions: 1 });
  });

  it('leaves guests their sign-ins while a poll goes on over days, unless somebody agreed to less [E7] [U4]', async () => {
    const [asked, less] = [await openedSession(), await openedSession()];
    const until = daysLater(45)();
    for (const { at, sessionId } of [asked, less]) {
      await must(convener.send('POST', `${at}/end`, {}));
      await db.pool.query('update session set polls_until = $2 where id = $1', [sessionId, until]);
    }
    const agreed = `update person set consent = jsonb_set(consent, '{version}', $2)
      where id in (select person_id from participant where id = any($1))`;
    await db.pool.query(agreed, [[...asked.guests, less.guests[0]!].map(({ id }) => id), '2']);
    expect(await round(31)).toEqual({ sessions: 1, guests: 2, failed: 0 });
    expect(await everything(less.sessionId)).not.toContain(NAMES[0]);
    expect((await asked.guests[0]!.browser.get(`${asked.at}/snapshot`)).status).toBe(200);
    // It has ended and was not closed, as nobody's clock ran: two months are the most.
    expect(await round(51)).toMatchObject({ sessions: 0 });
    await db.pool.query('update session set polls_until = $2 where id = $1', [
      asked.sessionId,
      daysLater(90)(),
    ]);
    expect(await round(59)).toMatchObject({ sessions: 0 });
    expect(await round(61)).toMatchObject({ sessions: 1, guests: 2 });
    expect(await everything(asked.sessionId)).not.toContain(NAMES[0]);
  });

  it('keeps the month of a session that had been left and erased before, for whoever joined later, once [E3] [E5] [E6]', async () => {
    const { at, sessionId, browser: later } = await erasedOnce();
    await must(later.get(`${at}/snapshot`));
    await must(convener.send('POST', `${at}/end`, {}));
    await must(convener.send('POST', `${at}/text/settle`, { why: '简短会议' }));
    await must(convener.send('POST', `${at}/adopt`, { why: '无人签署' }));
    await db.pool.query(`update session set closed_at = now() + interval '29 days' where id = $1`, [
      sessionId,
    ]);
    expect(await round(29)).toMatchObject({ sessions: 0 });
    expect(await everything(sessionId)).toContain(LATER);
    expect(await round(31)).toMatchObject({ sessions: 1 });
    expect(await everything(sessionId)).not.toContain(LATER);
    // Neither a week after the close nor ever again.
    for (const day of [37, 400]) expect(await round(day)).toMatchObject({ sessions: 0 });
  });

  it('writes no erased name into the archive of a session that was left, whichever process held it [E2] [E5]', async () => {
    const left = await openedSession();
    // This process holds the room with its names; another erases them, and nothing is read before the close.
    expect(await round(8)).toMatchObject({ guests: 2 });
    await must(convener.send('POST', `${left.at}/close`, {}));
    const sealed = await everything(left.sessionId);
    for (const name of NAMES) expect(sealed).not.toContain(name);
    expect(verifyArchive(await evidence(left))).toMatchObject({ holds: true });
  });

  it('takes nothing from accounts: names, seats and sign-ins stay [E1]', async () => {
    const closed = await closedSession();
    const accounts = async () => {
      const people = await db.pool.query('select * from person where not is_guest order by id');
      const signIns = await db.pool.query(
        'select s.* from sign_in s join person p on p.id = s.person_id where not is_guest order by token_hash',
      );
      const added = `select * from room_event where session_id = $1 and payload->'participant'->'isGuest' = 'false' order by seq`;
      return [people.rows, signIns.rows, (await db.pool.query(added, [closed.sessionId])).rows];
    };
    const before = await accounts();
    await round(8);
    expect(await accounts()).toEqual(before);
    const { archive } = await evidence(closed);
    expect(JSON.stringify(archive)).toContain('与会 member');
  });

  it('deletes guests who never got a seat [E1]', async () => {
    const id = randomUUID();
    await db.prisma.person.create({ data: { id, name: '王秀兰', isGuest: true } });
    await db.prisma.signIn.create({
      data: { tokenHash: Buffer.from(id), personId: id, expiresAt: new Date(Date.now() + DAY_MS) },
    });
    await round(6);
    expect(await db.prisma.person.count({ where: { id } })).toBe(1);
    await round(8);
    expect(await db.prisma.person.count({ where: { id } })).toBe(0);
  });
});
