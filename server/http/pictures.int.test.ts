import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { toEnvelope, verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { withTransaction } from '../db/client.ts';
import { forgetPictures } from '../db/files.ts';
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

  it('are deleted when the words that they go with are erased, and no others [J4]', async () => {
    const { sessionId, send, post } = await setStage();
    const [gone, kept] = [await send(member, png(30, 30)), await send(member, png(31, 31))];
    const erased = await post(member, { pictures: [gone] });
    await post(member, { pictures: [kept] });
    await withTransaction(db.pool, async (tx) => {
      await tx.query(
        `update room_event set personal = null, salt = null
         where session_id = $1 and type = 'view:posted' and payload->'view'->>'id' = $2`,
        [sessionId, erased.id],
      );
      await forgetPictures(tx, sessionId);
    });
    const { rows } = await db.pool.query('select id from session_file where session_id = $1', [sessionId]);
    expect(rows).toEqual([{ id: kept.id }]);
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
