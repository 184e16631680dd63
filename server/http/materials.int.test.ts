import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { MaterialReaders } from '../../core/contract/materials.ts';
import { toEnvelope, verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { createFileStore } from '../db/files.ts';
import { cutSending, sendFile, sha256, takeFile } from '../testing/files-by-hand.ts';
import {
  convener,
  db,
  member,
  openOne,
  server,
  setPeopleStage,
  stranger,
  why,
} from '../testing/people-stage.ts';
import { GPS_PLACE, office, pdf, png, pngBomb, withExif } from '../testing/sample-files.ts';
import type { Browser } from '../testing/test-server.ts';

setPeopleStage();

/** A session that goes on, and hands for its materials. */
async function setStage() {
  const { at, sessionId } = await openOne();
  const send = (one: Browser, bytes: Uint8Array, id?: string) =>
    sendFile(one, {
      url: server.url,
      path: `${at}/material-files`,
      bytes,
      ...(id === undefined ? {} : { id }),
    });
  const add = async (bytes: Uint8Array, title: string) => {
    const { body } = await send(convener, bytes);
    const material = { ...body.file, title };
    expect(why(await convener.send('POST', `${at}/materials`, material))).toBe('done');
    return { ...material, at: `${server.url}${at}/materials/${material.id}/file` };
  };
  return { at, sessionId, send, add };
}
const rowsOf = async (sessionId: string): Promise<number> => {
  const { rows } = await db.pool.query('select 1 from session_file where session_id = $1', [sessionId]);
  return rows.length;
};

describe('materials by HTTP', () => {
  it('are sent, added, read and counted, withdrawn, and named by the record [Y1] [Y2] [Y4] [Y8]', async () => {
    const { at, sessionId, send, add } = await setStage();
    expect((await send(member, pdf())).body.reason).toBe('ROLE_MAY_NOT');
    expect((await send(stranger, pdf())).body.reason).toBe('SESSION_UNKNOWN');
    const large = Buffer.concat([
      Buffer.from('%PDF-1.4\n'),
      Buffer.alloc(700_000, '甲'),
      Buffer.from('%%EOF'),
    ]);
    const one = await add(large, '背景情况（第 2 稿）.pdf');
    expect(one).toMatchObject({ kind: 'pdf', sizeBytes: large.length, sha256: sha256(large) });
    expect((await takeFile(stranger, one.at)).reason).toBe('SESSION_UNKNOWN');
    const came = await takeFile(member, one.at);
    expect(came.bytes.equals(large)).toBe(true);
    const header = (name: string) => came.headers.get(name);
    expect(header('content-type')).toBe('application/pdf');
    expect(header('content-disposition')).toContain(
      `inline; filename="material.pdf"; filename*=UTF-8''%E8%83%8C`,
    );
    expect(header('content-security-policy')).toContain("default-src 'none'");
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('cache-control')).toBe('private, no-cache');
    expect(header('set-cookie')).toBeNull();
    const tag = { 'if-none-match': header('etag') ?? '' };
    expect(await takeFile(member, one.at, tag)).toMatchObject({ status: 304 });
    expect((await takeFile(stranger, one.at, tag)).status).toBe(404);
    const doc = await add(office('docx'), '方案');
    const saved = await takeFile(convener, doc.at);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; .*%E6%96%B9%E6%A1%88\.docx$/);
    expect(saved.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);

    await takeFile(member, one.at);
    await takeFile(convener, one.at);
    const readers = async (who: Browser) =>
      MaterialReaders.parse((await who.get(`${at}/material-readers`)).body).materials.find(
        ({ id }) => id === one.id,
      );
    expect(await readers(member)).toEqual({ id: one.id, count: 2, isMine: true, readers: null });
    expect((await readers(convener))?.readers).toHaveLength(2);

    expect(why(await member.send('DELETE', `${at}/materials/${one.id}`, {}))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.send('PUT', `${at}/materials/${doc.id}/place`, { before: one.id }))).toBe(
      'done',
    );
    expect(why(await convener.send('DELETE', `${at}/materials/${one.id}`, {}))).toBe('done');
    expect((await takeFile(member, one.at)).reason).toBe('MATERIAL_WITHDRAWN');
    const { rows: left } = await db.pool.query('select length(data) from session_file where id = $1', [
      one.id,
    ]);
    expect(left).toEqual([{ length: 0 }]);
    expect((await readers(convener))?.readers).toHaveLength(2);
    expect((await send(convener, large, one.id)).body.reason).toBe('ID_TAKEN');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    expect(
      archive.room.materials?.map(({ title, sha256: named, withdrawn }) => [
        title,
        named,
        withdrawn !== undefined,
      ]),
    ).toEqual([
      ['方案', doc.sha256, false],
      [one.title, one.sha256, true],
    ]);
    const rows: LogRow[] = (await member.get(`${at}/log?after=0`)).body.rows;
    expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true });
    expect(applyAll(EMPTY_ROOM, rows.map(toEnvelope)).materials).toEqual(archive.room.materials);
    // What was read before the seal can be read behind it.
    expect((await takeFile(member, doc.at)).status).toBe(200);
  });

  it('are kept whole or not at all, once under their id, and nobody writes over another’s [Y5]', async () => {
    const { at, sessionId, send } = await setStage();
    const bytes = pdf('the same');
    const [first, second] = [await send(convener, bytes), await send(convener, bytes)];
    const again = await send(convener, bytes, first.id);
    expect(again.body).toEqual(first.body);
    expect((await send(convener, pdf('another'), first.id)).body.reason).toBe('ID_TAKEN');
    expect(await rowsOf(sessionId)).toBe(2);
    const elsewhere = await setStage();
    expect((await elsewhere.send(convener, bytes, second.id)).body.reason).toBe('ID_TAKEN');
    const material = { ...first.body.file, title: '一' };
    const key = { 'idempotency-key': randomUUID() };
    const asked = await convener.send('POST', `${at}/materials`, material, key);
    expect(await convener.send('POST', `${at}/materials`, material, key)).toMatchObject({ body: asked.body });
    expect(
      why(await convener.send('POST', `${elsewhere.at}/materials`, { ...second.body.file, title: '二' })),
    ).toBe('FILE_UNKNOWN');
    const path = `${at}/material-files/${randomUUID()}`;
    for (let n = 0; n < 20; n += 1)
      await cutSending(convener, {
        url: server.url,
        path,
        length: 100_000,
        part: Buffer.alloc(n * 4_000, 'a'),
      });
    // As soon as it is known that they were cut, none of them is on its way any more, or counts as if it were.
    await expect
      .poll(async () => (await send(convener, pdf('third'))).status, { interval: 400, timeout: 6_000 })
      .toBe(200);
    expect(await rowsOf(sessionId)).toBe(3);
  });

  it('that nobody used are deleted a day later, those that stand in the list never [Y5]', async () => {
    const { sessionId, send, add } = await setStage();
    const kept = await add(pdf('kept'), '留存');
    await send(convener, pdf('stray'));
    const files = createFileStore(db.pool);
    await files.deleteStrays(24);
    expect(await rowsOf(sessionId)).toBe(2);
    await db.pool.query(`update session_file set touched_at = now() - interval '25 hours'`);
    await files.deleteStrays(24);
    expect(await rowsOf(sessionId)).toBe(1);
    expect((await takeFile(member, kept.at)).bytes.equals(pdf('kept'))).toBe(true);
  });

  it('that are bad are refused in words, and the process lives [Y5] [Y6] [Y7]', async () => {
    const { at, send, add } = await setStage();
    const refused = async (bytes: Uint8Array) => (await send(convener, bytes)).body.reason;
    expect(await refused(Buffer.alloc(0))).toBe('FILE_EMPTY');
    expect(await refused(Buffer.from('MZ\x90\x00\x03\x00', 'latin1'))).toBe('FILE_KIND_UNKNOWN');
    expect(await refused(pngBomb(50_000, 50_000))).toBe('PICTURE_TOO_LARGE');
    expect(await refused(office('docx', [{ name: 'a', data: 'x', says: 4_000_000_000 }]))).toBe(
      'FILE_UNPACKS_TOO_LARGE',
    );
    expect(await refused(Buffer.alloc(LIMITS.materialBytes + 1))).toBe('FILE_TOO_LARGE');
    const json = await convener.send('PUT', `${at}/material-files/${randomUUID()}`, { a: 1 });
    expect(json.body).toMatchObject({ reason: 'MALFORMED', details: { path: 'content-type' } });
    const foreign = await fetch(`${server.url}${at}/material-files/${randomUUID()}`, {
      method: 'PUT',
      headers: {
        cookie: convener.cookie() ?? '',
        origin: 'https://elsewhere.example',
        'content-type': 'application/octet-stream',
      },
      body: pdf().toString(),
    });
    expect((await foreign.json()).reason).toBe('ORIGIN_FOREIGN');
    const photo = await add(png(60, 40), '照片');
    const plain = (await takeFile(member, photo.at)).bytes;
    const shown = await takeFile(member, (await add(withExif(plain), '照片（手机）')).at);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(shown.bytes.includes(GPS_PLACE)).toBe(false);
    // Of those that nobody used the oldest makes room.
    const strays: string[] = [];
    for (let n = 0; n <= LIMITS.filesWaitingEach; n += 1) strays.push((await send(convener, pdf(`${n}`))).id);
    const { rows } = await db.pool.query('select id from session_file where id = any($1::uuid[])', [strays]);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(strays.slice(1).toSorted());
  });
});
