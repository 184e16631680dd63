import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import decodeJpeg, { init as initDecodeJpeg } from '@jsquash/jpeg/decode.js';
import encodeJpeg, { init as initEncodeJpeg } from '@jsquash/jpeg/encode.js';
import decodePng, { init as initDecodePng } from '@jsquash/png/decode.js';
import resize, { initResize } from '@jsquash/resize';
import type { PictureReply, PictureRequest } from './picture-message.ts';

// A thread of its own: a picture of a phone's camera takes seconds to read and write. Started by pictures.ts, imported by
// nobody. The codecs are those of libjpeg-turbo/mozjpeg and of a PNG reader in Rust, compiled to WebAssembly: what they
// are made to do wrong stays in their own memory.

type Pixels = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

// The codecs make what browsers have and Node.js lacks.
class PixelData implements Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace = 'srgb';
  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
Object.assign(globalThis, { ImageData: PixelData });

const { resolve } = createRequire(import.meta.url);
const compiled = (path: string) => new WebAssembly.Module(readFileSync(resolve(path)));
const silent = { print: () => undefined, printErr: () => undefined };
const ready = (async () => {
  // Their types do not know the second thing that they take.
  await Reflect.apply(initDecodeJpeg, undefined, [
    compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
    silent,
  ]);
  await Reflect.apply(initEncodeJpeg, undefined, [
    compiled('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
    silent,
  ]);
  await initDecodePng(compiled('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
  await initResize(compiled('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'));
})();

async function make({ bytes, kind, longest, thumbLongest, quality }: PictureRequest): Promise<PictureReply> {
  const sent = bytes.buffer;
  const whole = onPaper(
    kind === 'png' ? await decodePng(sent) : await decodeJpeg(sent, { preserveOrientation: true }),
  );
  const picture = await within(whole, longest);
  const thumb = await within(picture, thumbLongest);
  return {
    kind: 'made',
    data: new Uint8Array(await encodeJpeg(picture, { quality })),
    thumb: new Uint8Array(await encodeJpeg(thumb, { quality: 70 })),
    width: picture.width,
    height: picture.height,
  };
}

/** What can be seen through is white behind: a JPEG has nothing else to show there. */
function onPaper({ data, width, height }: Pixels): PixelData {
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] ?? 255;
    if (alpha === 255) continue;
    for (let part = at - 3; part < at; part += 1)
      data[part] = ((data[part] ?? 0) * alpha + 255 * (255 - alpha)) / 255;
    data[at] = 255;
  }
  return new PixelData(data, width, height);
}

/** The picture, made smaller where its longer side is longer than this. */
async function within(picture: PixelData, longest: number): Promise<PixelData> {
  const scale = longest / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const { data, width, height } = await resize(picture, {
    width: side(picture.width),
    height: side(picture.height),
    method: 'catrom',
    linearRGB: false,
  });
  return new PixelData(new Uint8ClampedArray(data), width, height);
}

parentPort?.on('message', (request: PictureRequest) => {
  const answer = (reply: PictureReply) => parentPort?.postMessage(reply, []);
  ready.then(
    // Whatever the codecs throw, words or objects: the picture cannot be read.
    () => make(request).then(answer, () => answer({ kind: 'unreadable' })),
    (error: unknown) => answer({ kind: 'unready', why: String(error) }),
  );
});
