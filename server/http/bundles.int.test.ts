import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzip } from '../../core/domain/bundle/unzip.ts';
import { verifyZip } from '../../core/domain/bundle/verifying.ts';
import { verifiesByNode } from '../../core/testing/sample-bundle.ts';
import { changePastSeals } from '../testing/past-seals.ts';
import { sendFile, takeFile } from '../testing/files-by-hand.ts';
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
import { pdf, png } from '../testing/sample-files.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser, testServer, type Browser } from '../testing/test-server.ts';

let folder = '';
setPeopleStage(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  const outDir = join(folder, 'built');
  await build({ configFile: 'vite.verify.config.ts', logLevel: 'warn', build: { outDir } });
  return { verifier: await readFile(join(outDir, 'verify.mjs')) };
});
beforeAll(() => mkdir(join(folder, 'empty')));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A closed session with views, one of them taken back, a material and a picture. */
async function closedOne() {
  const { at, sessionId } = await openOne();
  const post = async (one: Browser, text: string, more: object = {}) => {
    const said = { ...view(text), ...more };
    expect(why(await one.send('POST', `${at}/views`, said))).toBe('done');
    return said.id;
  };
  const sentTo = (one: Browser, path: string, bytes: Uint8Array) =>
    sendFile(one, { url: server.url, path: `${at}/${path}`, bytes }).then(({ body }) => body);
  const { picture } = await sentTo(member, 'picture-files', png(40, 60));
  await post(member, '通道被占用', { pictures: [{ ...picture, alt: '通道' }] });
  await post(member, '设护学岗');
  const taken = await post(member, '这句话收回');
  expect(why(await member.send('DELETE', `${at}/views/${taken}`, {}))).toBe('done');
  const { file } = await sentTo(convener, 'material-files', pdf());
  expect(why(await convener.send('POST', `${at}/materials`, { ...file, title: '方案' }))).toBe('done');
  const before = await takeFile(member, `${server.url}${at}/archive/bundle`);
  expect(before.reason).toBe('ARCHIVE_UNKNOWN');
  expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
  return { at, sessionId, address: `${server.url}${at}/archive/bundle`, picture, file };
}

/** verify.mjs as somebody runs it who has nothing but Node.js: what it said, and its exit code. */
function run(verifier: string, given: readonly string[]): Promise<{ code: number; said: string }> {
  const options = { cwd: join(folder, 'empty'), env: {} };
  return new Promise((resolve) => {
    execFile(process.execPath, [verifier, ...given], options, (error, out, err) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        said: out + err,
      });
    });
  });
}

async function unpack(zip: Uint8Array, into: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const read = unzip(zip);
  if (!read.ok) throw new Error(`it cannot be unpacked: ${read.problem.code}`);
  for (const [path, bytes] of read.files) {
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), bytes);
  }
  return read.files;
}

describe('the record as one file', () => {
  it('is verified by the program in it with plain Node.js, which names the row that was changed [BU3] [BU4] [BU6] [BU7]', async () => {
    const { address, sessionId, picture, file } = await closedOne();
    const { bytes, headers, status } = await takeFile(member, address);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="record.zip"/);
    expect(Number(headers.get('content-length'))).toBe(bytes.length);
    const unpacked = join(folder, sessionId);
    const files = await unpack(bytes, unpacked);
    expect([...files.keys()]).toEqual([
      'README.md',
      'log.jsonl',
      `materials/${file.id}.pdf`,
      'materials/index.json',
      `pictures/${picture.id}.jpg`,
      'record.json',
      'roster.json',
      'text/outcome.json',
      'text/outcome.md',
      'text/outcome.txt',
      'verify.mjs',
      'manifest.json',
      'signature.json',
    ]);
    const verifier = join(unpacked, 'verify.mjs');
    const zip = join(folder, `${sessionId}.zip`);
    await writeFile(zip, bytes);
    const { fingerprint } = (await browser(server.url).get('/api/signing-key')).body;
    const holds = await run(verifier, [zip, '--key', fingerprint]);
    expect(holds).toMatchObject({ code: 0 });
    expect(holds.said).toContain(fingerprint);
    expect(await run(verifier, [])).toMatchObject({ code: 0 });
    expect(await run(verifier, [zip, '--key', '0'.repeat(64)])).toMatchObject({ code: 1 });
    expect(await run(verifier, ['--what'])).toMatchObject({ code: 2 });
    // One row, for somebody who is not to have the others.
    const proof = join(folder, `${sessionId}.json`);
    await writeFile(proof, (await run(verifier, [zip, '--prove', '3'])).said);
    expect(await run(verifier, [proof, '--key', fingerprint])).toMatchObject({ code: 0 });
    expect(await run(verifier, [proof, '--key', '0'.repeat(64)])).toMatchObject({ code: 1 });
    expect(await run(verifier, [zip, '--prove', '9999'])).toMatchObject({ code: 2 });
    expect(await run(verifier, [join(folder, 'no.zip')])).toMatchObject({ code: 2 });

    const place = bytes.indexOf('设护学岗');
    const seq = bytes.subarray(bytes.indexOf('{"at":'), place).filter((byte) => byte === 0x0a).length + 1;
    const changed = Buffer.from(bytes);
    changed.write('不', place);
    await writeFile(zip, changed);
    const broken = await run(verifier, [zip]);
    expect(broken.code).toBe(1);
    expect(broken.said).toContain(`ROW_WORDS log.jsonl · 第 ${seq} 行 / row ${seq}`);
    await rm(join(unpacked, 'roster.json'));
    expect((await run(verifier, [unpacked])).said).toContain('ENTRY_REMOVED roster.json');
  });

  it('is equal to the byte however often, and by whichever process, it is made [BU2]', async () => {
    const { address, at } = await closedOne();
    const other = await testServer(db, { verifier: await readFile(join(folder, 'built/verify.mjs')) });
    try {
      const elsewhere = await signInAs(browser(other.url), house, 'member');
      const [one, two] = await Promise.all([takeFile(member, address), takeFile(member, address)]);
      const third = await takeFile(elsewhere, `${other.url}${at}/archive/bundle`);
      expect(two.bytes.equals(one.bytes)).toBe(true);
      expect(third.bytes.equals(one.bytes)).toBe(true);
      const tag = { 'if-none-match': one.headers.get('etag') ?? '' };
      expect(await takeFile(member, address, tag)).toMatchObject({ status: 304 });
    } finally {
      await other.close();
    }
  });

  it('is for whoever reads the record, and holds what their audience reads [BU1]', async () => {
    const { address } = await closedOne();
    expect((await takeFile(stranger, address)).reason).toBe('SESSION_UNKNOWN');
    expect((await takeFile(browser(server.url), address)).status).toBe(401);
    // Somebody of another session, with this link in their hands.
    const elsewhere = await openOne();
    expect(why(await convener.send('POST', `${elsewhere.at}/close`, {}))).toBe('done');
    expect((await takeFile(stranger, `${server.url}${elsewhere.at}/archive/bundle`)).reason).toBe(
      'SESSION_UNKNOWN',
    );
    const [theirs, chairs] = [await takeFile(member, address), await takeFile(convener, address)];
    expect(theirs.bytes.includes('设护学岗')).toBe(true);
    expect(theirs.bytes.includes('这句话收回')).toBe(false);
    expect(chairs.bytes.includes('这句话收回')).toBe(true);
    for (const { bytes } of [theirs, chairs])
      expect(await verifyZip(bytes, verifiesByNode)).toMatchObject({ problems: [], signature: 'holds' });
  });

  it('holds nothing that was erased since, and holds together all the same [BU1] [L4]', async () => {
    const { address, sessionId } = await closedOne();
    const before = await takeFile(member, address);
    await changePastSeals(
      db.pool,
      `update room_event set personal = null, salt = null where session_id = $1 and type = 'view:posted'`,
      [sessionId],
    );
    const { bytes } = await takeFile(member, address);
    expect(before.bytes.includes('设护学岗')).toBe(true);
    expect(bytes.includes('设护学岗')).toBe(false);
    expect(await verifyZip(bytes, verifiesByNode)).toMatchObject({ problems: [] });
  });

  it('is neither signed nor given out where the log was changed in the database [BU8]', async () => {
    const { address, sessionId } = await closedOne();
    await changePastSeals(
      db.pool,
      `update room_event set at = at + interval '1 second' where session_id = $1 and seq = 5`,
      [sessionId],
    );
    expect((await takeFile(member, address)).reason).toBe('ARCHIVE_BROKEN');
    const cut = `delete from room_event where session_id = $1 and seq > 5`;
    await changePastSeals(db.pool, cut, [sessionId]);
    expect((await takeFile(convener, address)).reason).toBe('ARCHIVE_BROKEN');
  });
});
