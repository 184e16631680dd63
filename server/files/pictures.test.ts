import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import type { PictureAsked, PictureReply } from './picture-message.ts';
import { createPictures } from './pictures.ts';

const asked: PictureAsked = {
  bytes: new Uint8Array([1, 2, 3]),
  kind: 'png',
  longest: 10,
  thumbLongest: 5,
  quality: 80,
};
/** A thread that answers everything with this; and one that never answers. */
const saying = (reply: PictureReply) => () =>
  new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', () => parentPort.postMessage(${JSON.stringify(reply)}));`,
    { eval: true },
  );
const dead = () =>
  new Worker(`require('node:worker_threads').parentPort.on('message', () => { throw new Error('no'); });`, {
    eval: true,
  });

describe('pictures that are made in a thread', () => {
  it('are damaged where no picture comes of them, or the thread dies of them [Y6]', async () => {
    for (const start of [saying({ kind: 'unreadable' }), dead]) {
      const pictures = createPictures(start);
      await expect(pictures.make(asked)).rejects.toMatchObject({ reason: 'FILE_BROKEN' });
      await pictures.close();
    }
  });

  it('blame nobody where the thread cannot work whatever the picture, and leave them what they sent [Y6]', async () => {
    const pictures = createPictures(saying({ kind: 'unready', why: 'a codec is missing' }));
    const failed = await pictures.make(asked).catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(AppError);
    expect(String(failed)).toContain('a codec is missing');
    expect([...asked.bytes]).toEqual([1, 2, 3]);
    await pictures.close();
  });

  it('wait for each other up to so many, and the others are asked to come again [Y6]', async () => {
    const pictures = createPictures(saying({ kind: 'unreadable' }));
    const made = Array.from({ length: 26 }, () => pictures.make(asked).catch((error: unknown) => error));
    const reasons = (await Promise.all(made)).map((error) => (error instanceof AppError ? error.reason : ''));
    expect(reasons.filter((reason) => reason === 'BUSY')).toHaveLength(2);
    expect(reasons.filter((reason) => reason === 'FILE_BROKEN')).toHaveLength(24);
    await pictures.close();
  });
});
