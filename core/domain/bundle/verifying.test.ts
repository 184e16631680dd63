import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LOG_PATH,
  packed,
  sampleEntries,
  sampleKey,
  sampleSession,
  signedAnew,
  verifiesByNode,
} from '../../testing/sample-bundle.ts';
import { freshSeed } from '../../testing/seed.ts';
import { FileId } from '../ids.ts';
import { uuid } from '../../testing/builders.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { logPart, PATHS } from './manifest.ts';
import { keyFingerprint, verifyBundle, verifyZip, type BundleVerdict } from './verifying.ts';
import { LOCAL_BYTES } from './zip.ts';

const seed = freshSeed();
const session = sampleSession();
const picture = Uint8Array.from({ length: 500 }, (_none, n) => (n * 7) & 255);
const fileId = FileId.parse(uuid('file', 1));
const files = [
  {
    bytes: picture,
    entry: { path: `pictures/${fileId}.jpg`, bytes: 500, sha256: bytesToHex(sha256(picture)), fileId },
  },
];
const { manifest, files: entries } = sampleEntries(session, { files });
const zip = packed(entries);
const paths = [...entries.keys()];
const FINGERPRINT = keyFingerprint(hexToBytes(sampleKey(1).publicKey));

const first = ({ problems: [problem] }: BundleVerdict) => problem;
const verified = (bytes: Uint8Array) => verifyZip(bytes, verifiesByNode);

/** The entry that a byte of the zip belongs to, and where in its bytes it is; null: in what is around them. */
function entryAt(offset: number): { readonly path: string; readonly at: number | null } {
  let from = 0;
  for (const [path, bytes] of entries) {
    const begin = from + LOCAL_BYTES + path.length;
    if (offset < begin) return { path, at: null };
    if (offset < begin + bytes.length) return { path, at: offset - begin };
    from = begin + bytes.length;
  }
  return { path: PATHS.signature, at: null };
}

/** The row of the log that one of its bytes belongs to. */
function rowAt(at: number): number {
  const log = entries.get(LOG_PATH) ?? new Uint8Array();
  return log.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
}

describe(`a bundle (seed ${seed})`, () => {
  it('holds as it was made, and says by whose key [BU3] [BU4]', async () => {
    const verdict = await verifyZip(zip, verifiesByNode, { fingerprint: FINGERPRINT });
    expect(verdict).toMatchObject({ problems: [], fingerprint: FINGERPRINT, signature: 'holds' });
    expect(verdict.withheld).toBeGreaterThan(0);
    expect(paths.filter((path) => path.startsWith('polls/'))).toHaveLength(1);
    expect(await verifyBundle(entries, verifiesByNode)).toMatchObject({ problems: [] });
  });

  it('is the same to the byte however often it is made [BU2]', () => {
    const again = packed(sampleEntries(sampleSession(), { files }).files);
    expect(Buffer.compare(again, zip)).toBe(0);
  });

  it('names the entry, and the row, in which a single bit was flipped [BU3]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: zip.length - 1 }), fc.nat({ max: 7 }), async (offset, bit) => {
        const flipped = Uint8Array.from(zip);
        flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);
        const problem = first(await verified(flipped));
        expect(problem).toBeDefined();
        const { path, at } = entryAt(offset);
        if (at === null) {
          // A header: what was read last before it, or the entry itself by whatever name it has now.
          const before = paths[paths.indexOf(path) - 1] ?? '';
          const isNear = [path, before].includes(problem?.path ?? '') || problem?.code === 'ZIP_NAME';
          expect(
            isNear || ['ENTRY_ORDER', 'ZIP_ALTERED', 'ENTRY_REMOVED'].includes(problem?.code ?? ''),
          ).toBe(true);
          return;
        }
        if (path === PATHS.manifest || path === PATHS.signature)
          expect([PATHS.manifest, PATHS.signature]).toContain(problem?.path);
        else expect(problem?.path).toBe(path);
        // The end of a line makes one of two rows; words that became unreadable may hide the line's own end.
        if (path === LOG_PATH) expect(problem?.seq).toBe(rowAt(at));
      }),
      { seed, numRuns: 600 },
    );
  });

  it('names what was cut off, at whatever byte [BU3]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: zip.length - 1 }), async (length) => {
        const problem = first(await verified(zip.subarray(0, length)));
        expect(['ZIP_CUT', 'ZIP_FOREIGN', 'ZIP_NAME', 'ZIP_ALTERED']).toContain(problem?.code);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('names an entry that was taken out, put in, or changed places with another [BU3]', async () => {
    for (const path of paths.filter((one) => !one.startsWith('manifest') && !one.startsWith('signature'))) {
      const without = new Map(entries);
      without.delete(path);
      const verdict = await verified(packed(without));
      expect(first(verdict)).toMatchObject({ code: 'ENTRY_REMOVED', path });
    }
    const more = new Map([['AAA.txt', new Uint8Array(3)], ...entries]);
    expect(first(await verified(packed(more)))).toEqual({ code: 'ENTRY_ADDED', path: 'AAA.txt' });
    const listed = paths.slice(0, -2);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(listed, { minLength: 2, maxLength: 2 }),
        async ([one = '', other = '']) => {
          const swapped = new Map(entries);
          swapped.set(one, entries.get(other) ?? new Uint8Array());
          swapped.set(other, entries.get(one) ?? new Uint8Array());
          const [earlier] = [one, other].sort();
          expect(first(await verified(packed(swapped)))?.path).toBe(earlier);
          const reordered = paths.map((path) => (path === one ? other : path === other ? one : path));
          const moved = new Map(reordered.map((path) => [path, entries.get(path) ?? new Uint8Array()]));
          expect(first(await verified(packed(moved)))?.code).toBe('ENTRY_ORDER');
        },
      ),
      { seed, numRuns: 30 },
    );
    expect(first(await verified(packed(new Map([...entries].slice(0, -2)))))?.code).toBe('MANIFEST_MISSING');
    expect(first(await verified(packed(new Map([...entries].slice(0, -1)))))?.code).toBe('SIGNATURE_MISSING');
  });

  it('names the row that was changed, removed, swapped or rolled back, in the log alone and under a manifest made to fit [BU3]', async () => {
    const { rows } = session;
    const lines = Buffer.from(entries.get(LOG_PATH) ?? [])
      .toString()
      .split('\n')
      .slice(0, -1);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('changed', 'removed', 'swapped', 'cut', 'words'),
        fc.integer({ min: 1, max: rows.length - 1 }),
        fc.boolean(),
        async (how, seq, isFitted) => {
          const changed = [...lines];
          const line = changed[seq - 1] ?? '';
          if (how === 'changed') changed[seq - 1] = line.replace(/"at":"2026/, '"at":"2027');
          if (how === 'removed') changed.splice(seq - 1, 1);
          if (how === 'swapped') changed.splice(seq - 1, 2, changed[seq] ?? '', line);
          if (how === 'cut') changed.splice(seq);
          if (how === 'words')
            changed[seq - 1] = line.replace(/"personal":\{[^}]*\}/, '"personal":{"text":"别的话"}');
          if (changed.join() === lines.join()) return;
          const log = Buffer.from(changed.map((one) => `${one}\n`).join(''));
          const altered = new Map(entries).set(LOG_PATH, log);
          const told = manifest.entries.map((entry) =>
            entry.path === LOG_PATH
              ? { ...entry, bytes: log.length, sha256: bytesToHex(sha256(log)) }
              : entry,
          );
          const given = isFitted
            ? signedAnew(altered, { ...manifest, entries: told }, sampleKey(2))
            : altered;
          const { problems } = await verified(packed(given));
          const inLog = problems.find(({ path }) => path === LOG_PATH);
          expect(inLog?.seq).toBe(how === 'cut' ? seq + 1 : seq);
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  it('is not taken for another: a key that was not expected, a log that does not go on from a checkpoint [BU4]', async () => {
    const ask = (given: ReadonlyMap<string, Uint8Array>, expected: Parameters<typeof verifyBundle>[2]) =>
      verifyBundle(given, verifiesByNode, expected).then(first);
    const forged = sampleEntries(session, { files }, sampleKey(2)).files;
    expect(await ask(forged, {})).toBeUndefined();
    expect(await ask(forged, { fingerprint: FINGERPRINT })).toMatchObject({ code: 'KEY_OTHER' });
    expect(await ask(entries, { fingerprint: FINGERPRINT.slice(0, 16).toUpperCase() })).toBeUndefined();
    expect(await ask(entries, { fingerprint: FINGERPRINT.slice(0, 15) })).toMatchObject({
      code: 'KEY_OTHER',
    });

    const hashes = session.rows.map(({ hash }) => hash);
    const at = (size: number) => ({ checkpoint: { size, hash: hashes[size - 1] ?? '' } });
    expect(await ask(entries, at(5))).toBeUndefined();
    expect(
      await ask(entries, { checkpoint: { size: 7, hash: logPart(hashes.slice(0, 7), []).root } }),
    ).toBeUndefined();
    expect(await ask(entries, { checkpoint: { size: 5, hash: hashes[5] ?? '' } })).toMatchObject({
      code: 'LOG_CHECKPOINT',
      seq: 5,
    });
    // An earlier state, signed with the right key, by whoever put an old backup back.
    const back = { ...session, rows: session.rows.slice(0, 12) };
    expect(await ask(sampleEntries(back).files, at(20))).toMatchObject({ code: 'TEXT_OTHER' });
    const { problems } = await verifyBundle(sampleEntries(back).files, verifiesByNode, at(20));
    expect(problems).toContainEqual({ code: 'LOG_CHECKPOINT', path: LOG_PATH, seq: 20 });
  });

  it('whose signed manifest says another length, head, root or checkpoint, or seals another text, is told so [BU3] [BU7]', async () => {
    const { log } = manifest;
    const [one, ...others] = log.checkpoints;
    const checkpoint = { ...one, root: log.root };
    const wrong = [
      [{ log: { ...log, rows: log.rows + 1 } }, 'LOG_LENGTH'],
      [{ log: { ...log, headHash: log.root } }, 'LOG_HEAD'],
      [{ log: { ...log, root: log.headHash } }, 'LOG_ROOT'],
      [{ log: { ...log, checkpoints: [checkpoint, ...others] } }, 'LOG_CHECKPOINT'],
      [{ root: log.root }, 'MANIFEST_ROOT'],
      [{ text: { sha256: log.root } }, 'TEXT_OTHER'],
      [{ format: 'shangliang/bundle/2' }, 'MANIFEST_NEWER'],
      [{ format: 'shangliang/bundle' }, 'MANIFEST_UNREADABLE'],
      [{ more: 1 }, 'MANIFEST_UNREADABLE'],
    ] as const;
    for (const [change, code] of wrong) {
      const anew = signedAnew(entries, { ...manifest, ...change } as typeof manifest);
      expect(first(await verified(packed(anew)))?.code).toBe(code);
    }
  });

  it('that this machine cannot check the signature of says so, and is held against its manifest all the same [BU3]', async () => {
    const verdict = await verifyBundle(entries, () => Promise.resolve(null));
    expect(verdict).toMatchObject({ problems: [], signature: 'unchecked' });
  });

  it('is answered whatever the bytes are: changed in many places, nested without end, or made up [BU5]', async () => {
    const place = fc.nat({ max: zip.length - 1 });
    const edits = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 40 });
    const made = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      edits.map((all) => {
        const bytes = Uint8Array.from(zip);
        for (const [at, byte] of all) bytes[at] = byte;
        return bytes;
      }),
      fc.tuple(place, place, place).map(([from, length, to]) => {
        const bytes = Uint8Array.from(zip);
        bytes.copyWithin(to, from, from + length);
        return bytes;
      }),
    );
    await fc.assert(
      fc.asyncProperty(made, async (bytes) => {
        const { problems } = await verified(bytes);
        expect(problems.length > 0).toBe(Buffer.compare(bytes, zip) !== 0);
      }),
      { seed, numRuns: 300 },
    );
    const deep = new TextEncoder().encode(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    for (const path of [PATHS.manifest, PATHS.signature, LOG_PATH]) {
      const nested = new Map(entries).set(path, deep);
      expect((await verified(packed(nested))).problems.length).toBeGreaterThan(0);
    }
  });
});
