import { afterAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../core/domain/limits.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import { GPS_PLACE, office, pdf, png, pngBomb, withExif, zip } from '../testing/sample-files.ts';
import { createFileMaker } from './maker.ts';
import { sizeOf } from './picture-head.ts';

const maker = createFileMaker();
afterAll(() => maker.close());

const made = (bytes: Uint8Array) =>
  maker.make(bytes, { use: 'material', whose: { person: '甲', party: null } });
async function refusal(bytes: Uint8Array, use: 'material' | 'picture' = 'material'): Promise<Reason | null> {
  const error: unknown = await maker.make(bytes, { use, whose: { person: '甲', party: null } }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return null;
  if (!(error instanceof AppError)) throw error;
  expect(REASONS[error.reason]).toBe(error.code);
  return error.reason;
}

describe('what a file is', () => {
  it('is told by what is in it [Y6]', async () => {
    for (const kind of ['docx', 'xlsx', 'pptx'] as const)
      expect(await made(office(kind))).toMatchObject({ kind, thumb: null });
    expect(await made(pdf())).toMatchObject({ kind: 'pdf', data: pdf() });
    expect(await made(Buffer.from('会议通知\r\n一、时间\t地点'))).toMatchObject({ kind: 'text' });
    expect(await made(png(40, 20))).toMatchObject({ kind: 'picture', width: 40, height: 20 });
  });

  it('is refused with the reason where it is none of these, or not whole [Y6]', async () => {
    const exe = Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1'), Buffer.alloc(400)]);
    const jpeg = Buffer.from((await made(png(400, 300))).data);
    const types = { name: '[Content_Types].xml', data: '<Types/>' };
    const cases: readonly (readonly [string, Buffer, Reason])[] = [
      ['nothing', Buffer.alloc(0), 'FILE_EMPTY'],
      ['a program', exe, 'FILE_KIND_UNKNOWN'],
      ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'FILE_KIND_UNKNOWN'],
      ['a drawing that runs', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'FILE_KIND_UNKNOWN'],
      ['an animation', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00', 'latin1'), 'FILE_KIND_UNKNOWN'],
      ['letters of another code', Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), 'FILE_KIND_UNKNOWN'],
      ['a long text', Buffer.alloc(LIMITS.textFileBytes + 1, 'a'), 'FILE_TOO_LARGE'],
      ['any zip', zip([{ name: 'a.txt', data: 'a' }]), 'FILE_KIND_UNKNOWN'],
      ['a zip with a list of nothing', zip([types]), 'FILE_KIND_UNKNOWN'],
      ['half a document', office('docx').subarray(0, 120), 'FILE_BROKEN'],
      [
        'a document with a page behind it',
        Buffer.concat([office('docx'), Buffer.from('<html>')]),
        'FILE_BROKEN',
      ],
      ['a way out of the folder', office('docx', [{ name: '../../x', data: 'x' }]), 'FILE_BROKEN'],
      ['a long way', office('docx', [{ name: 'x'.repeat(4_100), data: 'x' }]), 'FILE_BROKEN'],
      ['macros', office('xlsx', [{ name: 'xl/vbaProject.bin', data: 'x' }]), 'FILE_HAS_MACROS'],
      ['a locked part', office('docx', [{ name: 'a', data: 'x', isLocked: true }]), 'FILE_LOCKED'],
      ['a bomb', office('docx', [{ name: 'a', data: 'x', says: 4_000_000_000 }]), 'FILE_UNPACKS_TOO_LARGE'],
      ['a bomb as the list', zip([{ ...types, data: 'a'.repeat(2_000_000) }]), 'FILE_UNPACKS_TOO_LARGE'],
      ['a bomb that lies', zip([{ ...types, data: 'a'.repeat(2_000_000), says: 10 }]), 'FILE_BROKEN'],
      ['half a PDF', pdf().subarray(0, 60), 'FILE_BROKEN'],
      ['a picture of 50 000 × 50 000', pngBomb(50_000, 50_000), 'PICTURE_TOO_LARGE'],
      ['a picture that is not what it states', pngBomb(4_000, 4_000), 'FILE_BROKEN'],
      ['a picture of nothing', pngBomb(0, 10), 'FILE_BROKEN'],
      ['half a picture', png(400, 300).subarray(0, 200), 'FILE_BROKEN'],
      ['half a photo', jpeg.subarray(0, Math.floor(jpeg.length / 2)), 'FILE_BROKEN'],
      ['the first mark of a photo', jpeg.subarray(0, 3), 'FILE_BROKEN'],
      ['a photo of a thousand scans', scanned(jpeg, 1_000), 'FILE_BROKEN'],
      ['a photo of two sizes', twice(jpeg), 'FILE_BROKEN'],
    ];
    for (const [what, bytes, reason] of cases)
      expect(`${what}: ${await refusal(bytes)}`).toBe(`${what}: ${reason}`);
    // Behind all of them the next one is made as ever.
    expect(await made(png(30, 30))).toMatchObject({ kind: 'picture' });
  });

  it('is a picture where a picture is asked for [Y6]', async () => {
    for (const bytes of [pdf(), office('docx'), Buffer.from('文字')])
      expect(await refusal(bytes, 'picture')).toBe('FILE_KIND_UNKNOWN');
  });
});

/** A photo that goes over its pixels again and again, each time in a few bytes. */
function scanned(jpeg: Buffer, times: number): Buffer {
  const scan = Buffer.from([0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x00]);
  const end = jpeg.length - 2;
  return Buffer.concat([
    jpeg.subarray(0, end),
    ...Array.from({ length: times }, () => scan),
    jpeg.subarray(end),
  ]);
}

/** A photo that states another size behind its own. */
function twice(jpeg: Buffer): Buffer {
  const at = jpeg.findIndex((byte, index) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[index + 1] ?? 0));
  const frame = Buffer.from(jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2)));
  frame.writeUInt16BE(20_000, 5);
  return Buffer.concat([jpeg.subarray(0, at), frame, jpeg.subarray(at)]);
}

describe('a picture', () => {
  it('of as many scans as programs write is read, whatever stands between its bits [Y6]', async () => {
    const jpeg = Buffer.from((await made(png(400, 300))).data);
    const size = { width: 400, height: 300 };
    expect(sizeOf(scanned(jpeg, 10), 'jpeg')).toEqual(size);
    const end = jpeg.length - 2;
    const bits = Buffer.from([0xff, 0x00, 0xff, 0xd0, 0x12, 0xff, 0xff, 0xd9]);
    expect(sizeOf(Buffer.concat([jpeg.subarray(0, end), bits]), 'jpeg')).toEqual(size);
    // Ten megabytes of nothing but marks that are none are looked at once.
    const startMs = performance.now();
    const long = Buffer.concat([jpeg.subarray(0, end), Buffer.alloc(10_000_000, Buffer.from([0xff, 0x00]))]);
    expect(() => sizeOf(long, 'jpeg')).toThrow();
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  it('is made anew from its pixels: upright, and with nothing else that was in its file [Y7]', async () => {
    const plain = Buffer.from((await made(png(300, 100))).data);
    const hidden = '<script>alert(1)</script>';
    const sent = Buffer.concat([withExif(plain), Buffer.from(hidden)]);
    expect(sent.includes(GPS_PLACE)).toBe(true);
    const kept = await made(sent);
    // On its side by what the camera said, and no camera is named any more.
    expect(kept).toMatchObject({ kind: 'picture', width: 100, height: 300 });
    for (const part of [kept.data, kept.thumb])
      for (const word of [GPS_PLACE, 'Exif', 'TestPhone', hidden])
        expect(Buffer.from(part ?? []).includes(word)).toBe(false);
    expect(sizeOf(Buffer.from(kept.data), 'jpeg')).toEqual({ width: 100, height: 300 });
  });

  it('is made smaller, with a small one beside it, and what can be seen through is white behind [Y7]', async () => {
    const kept = await maker.make(png(2_000, 500, [0, 0, 0, 0]), {
      use: 'picture',
      whose: { person: '甲', party: null },
    });
    expect(kept).toMatchObject({ width: 1_600, height: 400 });
    expect(sizeOf(Buffer.from(kept.thumb ?? []), 'jpeg')).toEqual({ width: 320, height: 80 });
    // White packs into next to nothing.
    expect(kept.data.length).toBeLessThan(12_000);
  }, 30_000);
});
