import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { toEnvelope, verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { withTransaction } from '../db/client.ts';
import { forgetPictures } from '../db/file-forgetting.ts';
import { createFileStore } from '../db/files.ts';
import { sendFile, sha256, takeFile } from '../testing/files-by-hand.ts';
import {
  convener,
  db,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  stranger,
  view,
  why,
} from '../testing/people-stage.ts';
import { GPS_PLACE, pdf, png, withExif } from '../testing/sample-files.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser, type Browser } from '../testing/test-server.ts';

setPeopleStage();

async function setStage() {
  const { at, sessionId } = await openOne();
  const send = async (one: Browser, bytes: Uint8Array, alt = '') => {
    const { body } = await sendFile(one, { url: server.url, path: `${at}/picture-files`, bytes });
    return body.picture === undefined ? body : { ...body.picture, alt };
  };
  const post = async (one: Browser, more: object) => {
    const said = { ...view('通道被占用'), ...more };
    const answer = await one.send('POST', `${at}/views`, said);
    return {
      answer,
      id: said.id,
      at: (fileId: string) => `${server.url}${at}/views/${said.id}/pictures/${fileId}`,
    };
  };
  const department = await signInAs(browser(server.url), house, 'department');
  return { at, sessionId, send, post, department };
}

describe('pictures of views', () => {
  it('are made anew, stand in one view, and are given to whoever reads it [Y7] [J1] [J2] [J3]', async () => {
    const { at, sessionId, send, post, department } = await setStage();
    const jpeg = (await takePlain(member, send, post)).bytes;
    const photo = await send(member, withExif(jpeg), '消防通道');
    expect(photo).toMatchObject({ width: 40, height: 60, alt: '消防通道' });
    expect((await send(stranger, jpeg)).reason).toBe('SESSION_UNKNOWN');
    expect((await send(member, pdf())).reason).toBe('FILE_KIND_UNKNOWN');
    // Nobody else's, none that was made up, none twice, and not too many.
    for (const pictures of [
      [{ ...photo, sha256: '0'.repeat(64) }],
      [{ ...photo, height: photo.height + 1 }],
      [{ ...photo, id: randomUUID() }],
      [photo, photo],
    ])
      expect(why((await post(member, { pictures })).answer)).toBe('FILE_UNKNOWN');
    expect(why((await post(convener, { stance: 'info', pictures: [photo] })).answer)).toBe('FILE_UNKNOWN');
    const many = Array.from({ length: LIMITS.picturesPerView + 1 }, () => photo);
    expect((await post(member, { pictures: many })).answer.body).toMatchObject({ reason: 'FIELD_INVALID' });

    const posted = await post(member, { pictures: [photo], place: '北门' });
    expect(why(posted.answer)).toBe('done');
    const large = await takeFile(department, posted.at(photo.id));
    expect(large.headers.get('content-type')).toBe('image/jpeg');
    expect(large.headers.get('content-security-policy')).toMatch(/^sandbox/);
    expect(sha256(large.bytes)).toBe(photo.sha256);
    const small = await takeFile(department, `${posted.at(photo.id)}?size=small`);
    for (const { bytes } of [large, small]) {
      expect(bytes.length).toBeGreaterThan(100);
      for (const word of [GPS_PLACE, 'Exif', 'TestPhone']) expect(bytes.includes(word)).toBe(false);
    }
    expect((await takeFile(stranger, posted.at(photo.id))).reason).toBe('SESSION_UNKNOWN');
    expect((await takeFile(member, posted.at(randomUUID()))).reason).toBe('FILE_UNKNOWN');
    expect(why((await post(member, { pictures: [photo] })).answer)).toBe('FILE_UNKNOWN');
    expect(why(await member.send('PATCH', `${at}/views/${posted.id}`, { text: '通道仍被占用' }))).toBe(
      'done',
    );
    expect((await takeFile(department, posted.at(photo.id))).status).toBe(200);
    expect(why(await member.send('DELETE', `${at}/views/${posted.id}`, {}))).toBe('done');
    for (const one of [department, member, convener])
      expect((await takeFile(one, posted.at(photo.id))).reason).toBe('FILE_UNKNOWN');
    const { body } = await department.get(`${at}/snapshot`);
    const shown = body.room.views.find(({ id }: { id: string }) => id === posted.id);
    expect(shown).not.toHaveProperty('pictures');
    expect(shown).not.toHaveProperty('place');

    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    const rows: LogRow[] = (await member.get(`${at}/log?after=0`)).body.rows;
    expect(JSON.stringify(rows)).not.toContain('北门');
    expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true });
    expect(applyAll(EMPTY_ROOM, rows.map(toEnvelope)).views).toEqual(archive.room.views);
  });

  it('of a view that is kept from the room are given to its author and to moderators alone [J2] [J3]', async () => {
    const { at, send, post, department } = await setStage();
    expect(why(await convener.send('PUT', `${at}/moderation/rules`, { hold: ['member'], hideAt: 3 }))).toBe(
      'done',
    );
    const photo = await send(member, png(50, 40));
    const held = await post(member, { pictures: [photo], place: '北门' });
    expect(why(held.answer)).toBe('done');
    const sees = async (one: Browser) => (await takeFile(one, held.at(photo.id))).reason ?? 'seen';
    expect([await sees(member), await sees(convener), await sees(department)]).toEqual([
      'seen',
      'seen',
      'VIEW_UNKNOWN',
    ]);
    const refusal = { reason: 'privacy', why: '拍到了人脸' };
    expect(why(await convener.send('POST', `${at}/held/${held.id}/refuse`, refusal))).toBe('done');
    expect([await sees(member), await sees(department)]).toEqual(['seen', 'VIEW_UNKNOWN']);
    // Corrected and sent again with the same picture.
    const again = await post(member, { pictures: [photo], insteadOf: held.id });
    expect(why(again.answer)).toBe('done');
    expect(why(await convener.send('POST', `${at}/held/${again.id}/pass`, {}))).toBe('done');
    const seesAgain = async (one: Browser) => (await takeFile(one, again.at(photo.id))).reason ?? 'seen';
    expect([await seesAgain(department), await sees(department)]).toEqual(['seen', 'VIEW_UNKNOWN']);
    expect(why(await convener.send('POST', `${at}/views/${again.id}/hide`, refusal))).toBe('done');
    expect([await seesAgain(department), await seesAgain(member), await seesAgain(convener)]).toEqual([
      'FILE_UNKNOWN',
      'seen',
      'seen',
    ]);
    expect(why(await convener.send('DELETE', `${at}/views/${again.id}/hide`, {}))).toBe('done');
    expect(await seesAgain(department)).toBe('seen');
  });

  it('are deleted with the event after which nobody reads them, and with words that are erased [J4] [J5]', async () => {
    const { at, sessionId, send, post } = await setStage();
    const keptOf = async () => {
      const { rows } = await db.pool.query('select id from session_file where session_id = $1', [sessionId]);
      return rows.map(({ id }) => id).toSorted();
    };
    const first = await send(member, png(30, 30));
    const second = await send(member, png(31, 31));
    const third = await send(member, png(32, 32));
    const { id } = await post(member, { pictures: [first] });
    const gone = await post(member, { pictures: [second] });
    await post(member, { pictures: [third] });
    const key = { 'idempotency-key': randomUUID() };
    const withdrawn = await member.send('DELETE', `${at}/views/${id}`, {}, key);
    expect(why(withdrawn)).toBe('done');
    expect(await keptOf()).toEqual([second.id, third.id].toSorted());
    expect((await member.send('DELETE', `${at}/views/${id}`, {}, key)).body).toEqual(withdrawn.body);
    await withTransaction(db.pool, async (tx) => {
      await tx.query(
        `update room_event set personal = null, salt = null
         where session_id = $1 and type = 'view:posted' and payload->'view'->>'id' = $2`,
        [sessionId, gone.id],
      );
      await forgetPictures(tx, sessionId, []);
    });
    expect(await keptOf()).toEqual([third.id]);

    // Refused for good: its author had until then what they might have corrected.
    expect(why(await convener.send('PUT', `${at}/moderation/rules`, { hold: ['member'], hideAt: 3 }))).toBe(
      'done',
    );
    const photo = await send(member, png(33, 33));
    const held = await post(member, { pictures: [photo] });
    const refusal = { reason: 'privacy', why: '拍到了人脸' };
    expect(why(await convener.send('POST', `${at}/held/${held.id}/refuse`, refusal))).toBe('done');
    expect(await keptOf()).toHaveLength(2);
    expect(why(await member.send('DELETE', `${at}/held/${held.id}`, {}))).toBe('done');
    expect(await keptOf()).toEqual([third.id]);
  });

  it('count for their sender and for the session apart from materials, as long as they are kept [J5] [Y5]', async () => {
    const { at, send, post } = await setStage();
    const mine = await send(member, png(30, 30));
    const posted = await post(member, { pictures: [mine] });
    const grow = (id: string, bytes: number) =>
      db.pool.query('update session_file set size_bytes = $2 where id = $1', [id, bytes]);
    await grow(mine.id, LIMITS.picturesEachBytes);
    expect(await send(member, png(31, 31))).toMatchObject({
      reason: 'OWN_PICTURES_FULL',
      details: { megabytes: 20 },
    });
    expect((await send(convener, png(31, 31))).id).toBeDefined();
    await grow(mine.id, LIMITS.picturesBytes);
    expect((await send(convener, png(32, 32))).reason).toBe('PICTURES_FULL');
    // What stands nowhere makes room, the oldest first; but not for somebody who would have as much of it.
    await grow(mine.id, 1);
    const strays = [await send(member, png(33, 32)), await send(member, png(34, 32))];
    for (const { id } of strays) await grow(id, LIMITS.picturesBytes / 2);
    expect((await send(convener, png(35, 32))).id).toBeDefined();
    const { rows: left } = await db.pool.query('select id from session_file where id = any($1)', [
      strays.map(({ id }) => id),
    ]);
    expect(left).toEqual([{ id: strays[1].id }]);
    await grow(strays[1].id, 1);
    await grow(mine.id, LIMITS.picturesBytes);
    const file = await sendFile(convener, { url: server.url, path: `${at}/material-files`, bytes: pdf() });
    expect(file.status).toBe(200);
    const material = { ...file.body.file, title: '一' };
    expect(why(await convener.send('POST', `${at}/materials`, material))).toBe('done');
    await grow(material.id, LIMITS.materialsBytes);
    const more = () =>
      sendFile(convener, { url: server.url, path: `${at}/material-files`, bytes: pdf('more') });
    expect((await more()).body.reason).toBe('FILES_FULL');
    // What is taken back or withdrawn does not count any more.
    expect(why(await convener.send('DELETE', `${at}/materials/${material.id}`, {}))).toBe('done');
    expect((await more()).status).toBe(200);
    expect(why(await member.send('DELETE', `${at}/views/${posted.id}`, {}))).toBe('done');
    expect((await send(member, png(33, 33))).id).toBeDefined();
  });

  it('that stand nowhere are their sender’s, live on while they are asked for, and the oldest makes room [J3] [Y5]', async () => {
    const { at, sessionId, send, post } = await setStage();
    const address = (id: string) => `${server.url}${at}/picture-files/${id}`;
    const first = await send(member, png(20, 20));
    // Sent again, because the answer was lost: the same one, kept once.
    const again = await sendFile(member, {
      url: server.url,
      path: `${at}/picture-files`,
      bytes: png(20, 20),
      id: first.id,
    });
    expect({ ...again.body.picture, alt: '' }).toEqual(first);
    const other = await sendFile(member, {
      url: server.url,
      path: `${at}/picture-files`,
      bytes: png(21, 21),
      id: first.id,
    });
    expect(other.body.reason).toBe('ID_TAKEN');
    await db.pool.query(`update session_file set touched_at = now() - interval '25 hours'`);
    const own = await takeFile(member, address(first.id));
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await takeFile(convener, address(first.id))).reason).toBe('FILE_UNKNOWN');
    expect((await takeFile(stranger, address(first.id))).reason).toBe('SESSION_UNKNOWN');
    // Whoever may not speak sees theirs, and keeps nothing by that.
    const touchedAt = () =>
      db.pool
        .query('select touched_at from session_file where id = $1', [first.id])
        .then(({ rows: [row] }) => row);
    const before = await touchedAt();
    expect(why(await convener.send('PUT', `${at}/silence`, {}))).toBe('done');
    expect((await takeFile(member, address(first.id))).status).toBe(200);
    expect(await touchedAt()).toEqual(before);
    expect(why(await convener.send('DELETE', `${at}/silence`, {}))).toBe('done');
    const files = createFileStore(db.pool);
    await files.deleteStrays(24);
    for (let n = 0; n < LIMITS.filesWaitingEach - 1; n += 1) await send(member, png(40 + n, 20));
    await takeFile(member, address(first.id));
    expect((await send(member, png(39, 20))).id).toBeDefined();
    const { rows } = await db.pool.query(
      'select width from session_file where session_id = $1 order by width',
      [sessionId],
    );
    // 40 was not asked for the longest time.
    expect(rows.map(({ width }) => width)).toEqual([20, 39, ...Array.from({ length: 10 }, (_, n) => 41 + n)]);
    await post(member, { pictures: [first] });
    expect((await takeFile(member, address(first.id))).reason).toBe('FILE_UNKNOWN');
  });
});

/** A photo without anything in it but its pixels. */
async function takePlain(
  one: Browser,
  send: (one: Browser, bytes: Uint8Array) => Promise<{ id: string }>,
  post: (one: Browser, more: object) => Promise<{ at: (fileId: string) => string }>,
) {
  const picture = await send(one, png(60, 40));
  return takeFile(one, (await post(one, { pictures: [{ ...picture, alt: '' }] })).at(picture.id));
}
