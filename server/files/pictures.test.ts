import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import type { PictureAsked, PictureReply } from './picture-message.ts';
import { projectRoot } from '../paths.ts';
import { createPictures, LONGEST_MS, LONGEST_WAIT_MS } from './pictures.ts';

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

const silent = () =>
  new Worker(`require('node:worker_threads').parentPort.on('message', () => undefined);`, { eval: true });

describe('pictures that are made in a thread', () => {
  it('are damaged where no picture comes of them, or the thread dies of them [Y6]', async () => {
    for (const start of [saying({ kind: 'unreadable' }), dead]) {
      const pictures = createPictures({ startThread: start });
      await expect(pictures.make({ person: '甲', party: null }, asked)).rejects.toMatchObject({
        reason: 'FILE_BROKEN',
      });
      await pictures.close();
    }
  });

  it('blame nobody where the thread cannot work whatever the picture, and leave them what they sent [Y6]', async () => {
    const pictures = createPictures({ startThread: saying({ kind: 'unready', why: 'a codec is missing' }) });
    const failed = await pictures.make({ person: '甲', party: null }, asked).catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(AppError);
    expect(String(failed)).toContain('a codec is missing');
    expect([...asked.bytes]).toEqual([1, 2, 3]);
    await pictures.close();
  });

  it('are damaged where they are not made in time, and the next one is made [Y6] [J6]', async () => {
    let started = 0;
    const startThread = () => {
      started += 1;
      return started === 1 ? silent() : saying({ kind: 'unready', why: 'the next one' })();
    };
    const pictures = createPictures({ startThread, longestMs: 50 });
    const [slow, next] = [
      pictures.make({ person: '甲', party: null }, asked),
      pictures.make({ person: '乙', party: null }, asked),
    ];
    await expect(slow).rejects.toMatchObject({ reason: 'FILE_BROKEN' });
    await expect(next).rejects.toThrow();
    expect(started).toBe(2);
    await pictures.close();
  });

  it('and their waiting take less time than a proxy in front waits [J6]', () => {
    const conf = readFileSync(join(projectRoot, 'deploy/nginx/shangliang.conf'), 'utf8');
    const seconds = [...conf.matchAll(/proxy_read_timeout (\d+)s;/g)].map(([, found]) => Number(found));
    // Some seconds are left for keeping it.
    expect(LONGEST_MS + LONGEST_WAIT_MS + 4_000).toBeLessThan(1_000 * Math.min(...seconds));
  });
});
