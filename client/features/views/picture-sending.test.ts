import { describe, expect, it } from 'vitest';
import type { SentPicture } from '../../../core/contract/pictures.ts';
import { FileId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { uuid } from '../../../core/testing/builders.ts';
import { ApiError } from '../../lib/errors.ts';
import { createPictureSending } from './picture-sending.ts';

const idOf = (n: number) => FileId.parse(uuid('file', n));
const pictureOf = (id: FileId): SentPicture => ({
  id,
  sizeBytes: 10,
  sha256: '0'.repeat(64),
  width: 4,
  height: 3,
});

/** A server that answers each try with the next of these: null takes it. */
function setStage(answers: readonly (ApiError | null)[], onShrunk: () => void = () => undefined) {
  const left = [...answers];
  const tries: FileId[] = [];
  const rests: number[] = [];
  const counts: number[] = [];
  let made = 0;
  const sending = createPictureSending({
    shrink: (file) => Promise.resolve(file),
    send: (id, _file, { onShare }) => {
      tries.push(id);
      onShare(0.5);
      const answer = left.shift() ?? null;
      return answer === null ? Promise.resolve(pictureOf(id)) : Promise.reject(answer);
    },
    newId: () => idOf((made += 1)),
    rest: (ms) => {
      rests.push(ms);
      return Promise.resolve();
    },
    noteCount: (count) => counts.push(count),
    onShrunk,
  });
  /** What has become of them, when nothing moves any more. */
  const settled = async () => {
    const moves = () => sending.coming().some(({ state }) => !['sent', 'failed'].includes(state.kind));
    while (moves()) await Promise.resolve();
    return sending.coming().map(({ state }) => state.kind);
  };
  return { sending, tries, rests, counts, settled };
}
const file = new Blob(['a']);

describe('pictures on their way', () => {
  it('are sent one after the other, and tried again under their id while that may help [Y5] [J6]', async () => {
    const busy = new ApiError('PICTURES_BUSY', { details: { retryAfterMs: 4_000 } });
    const { sending, tries, rests, counts, settled } = setStage([busy, new ApiError('OFFLINE'), null, null]);
    sending.add([file, file]);
    expect(await settled()).toEqual(['sent', 'sent']);
    expect(tries).toEqual([idOf(1), idOf(1), idOf(1), idOf(2)]);
    expect(rests).toEqual([4_000, 3_000]);
    expect(Math.max(...counts)).toBe(2);
    expect(counts[counts.length - 1]).toBe(0);
    sending.drop(idOf(1));
    expect(sending.coming().map(({ id }) => id)).toEqual([idOf(2)]);
  });

  it('say why they failed, keep their id for another try, and let the others go [Y5] [Y6]', async () => {
    const broken = new ApiError('FILE_BROKEN');
    const { sending, tries, settled } = setStage([broken, null, new ApiError('UNEXPECTED'), null]);
    sending.add([file, file]);
    expect(await settled()).toEqual(['failed', 'sent']);
    expect(sending.coming()[0]?.state).toMatchObject({ reason: 'FILE_BROKEN' });
    sending.retry(idOf(1));
    expect(await settled()).toEqual(['failed', 'sent']);
    // Something nobody expected is not called too large.
    expect(sending.coming()[0]?.state).toMatchObject({ reason: 'UNEXPECTED' });
    sending.retry(idOf(1));
    expect(await settled()).toEqual(['sent', 'sent']);
    expect(tries.filter((id) => id === idOf(1))).toHaveLength(3);
  });

  it('keep no other waiting, whatever this browser refuses, and are tried again [Y5]', async () => {
    let refusals = 1;
    const { sending, settled } = setStage([], () => {
      refusals -= 1;
      if (refusals === 0) throw new DOMException('not here', 'SecurityError');
    });
    sending.add([file, file]);
    expect(await settled()).toEqual(['failed', 'sent']);
    sending.retry(idOf(1));
    expect(await settled()).toEqual(['sent', 'sent']);
  });

  it('are given up after some tries, and what is too large is not sent at all [Y6]', async () => {
    const offline = Array.from({ length: 20 }, () => new ApiError('OFFLINE'));
    const { sending, tries, settled } = setStage(offline);
    sending.add([new Blob([new Uint8Array(LIMITS.pictureBytes + 1)]), file]);
    expect(await settled()).toEqual(['failed', 'failed']);
    expect(sending.coming().map(({ state }) => (state.kind === 'failed' ? state.reason : ''))).toEqual([
      'FILE_TOO_LARGE',
      'OFFLINE',
    ]);
    expect(tries).toHaveLength(6);
  });
});
