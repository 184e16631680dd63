import { describe, expect, it } from 'vitest';
import { ApiError } from './errors.ts';
import { settled } from './fake-time.ts';
import { createKept } from './kept.ts';
import { fakeServer, memory, open } from '../testing/outbox-stage.ts';

describe('createOutbox', () => {
  it('sends in order and tells the seq of each', async () => {
    const server = fakeServer([]);
    const { post, outbox } = open(server.deliver);
    post('a');
    post('b');
    await settled();
    expect(server.taken).toEqual(['a', 'b']);
    expect(outbox.letters().map(({ state }) => state)).toEqual([
      { kind: 'sent', seq: 1 },
      { kind: 'sent', seq: 2 },
    ]);
  });

  it('writes a letter down before it sends it, and forgets it once it is there', async () => {
    const server = fakeServer([]);
    let written = 0;
    const { post, kept } = open(async (letter) => {
      written = kept.keys('outbox/').length;
      return await server.deliver(letter);
    });
    post('a');
    await settled();
    expect(written).toBe(1);
    expect(kept.keys('outbox/')).toEqual([]);
  });

  it('says of a letter that the device cannot keep that it lives only on this page', () => {
    const full = { ...memory(), set: () => false };
    const { post, outbox } = open(() => new Promise(() => undefined), full);
    post('a');
    expect(outbox.letters().map(({ isKept }) => isKept)).toEqual([false]);
  });

  it('says so still when the page’s memory is all that kept it while the room was left and entered again', () => {
    const closed = createKept(() => {
      throw new Error('forbidden');
    });
    const never = () => new Promise<never>(() => undefined);
    const first = open(never, closed);
    first.post('a');
    first.outbox.stop();
    const second = open(never, closed);
    expect(second.outbox.letters().map(({ body, isKept }) => [body, isKept])).toEqual([['a', false]]);
  });

  it('says so too when the device has no more room for why it was refused, or must not keep it', async () => {
    let isFull = false;
    const inner = memory();
    const filling = { ...inner, set: (key: string, value: string) => !isFull && inner.set(key, value) };
    const refuse = () => {
      isFull = true;
      return Promise.reject(new ApiError('POLL_CLOSED'));
    };
    const { post, outbox } = open(refuse, filling);
    post('a');
    expect(outbox.letters().map(({ isKept }) => isKept)).toEqual([true]);
    await settled();
    expect(outbox.letters().map(({ state, isKept }) => [state.kind, isKept])).toEqual([['refused', false]]);
    const paper = open(() => Promise.reject(new ApiError('POLL_CLOSED')));
    paper.post('b', 'castBallot');
    await settled();
    expect(paper.outbox.letters().map(({ isKept }) => isKept)).toEqual([false]);
  });

  it('keeps a letter over a reload and sends it with its old key, exactly once', async () => {
    const server = fakeServer(['answer lost']);
    const first = open(server.deliver);
    first.post('a');
    await settled();
    first.outbox.stop();
    const second = open(server.deliver, first.kept);
    await settled();
    expect(server.taken).toEqual(['a']);
    expect(second.kinds()).toEqual(['sent']);
  });

  it('gives up with the reason when it is refused, and goes on with the next', async () => {
    const server = fakeServer(['refused']);
    const { post, outbox, kept } = open(server.deliver);
    post('a');
    post('b');
    await settled();
    expect(outbox.letters()[0]?.state).toEqual({ kind: 'refused', reason: 'POLL_CLOSED', details: {} });
    expect(server.taken).toEqual(['b']);
    // The words are still here, also after a reload.
    expect(open(server.deliver, kept).kinds()).toEqual(['refused']);
  });

  it('sends a refused letter again when asked, or throws it away', async () => {
    const server = fakeServer(['refused', 'refused']);
    const { post, outbox, kept } = open(server.deliver);
    const [a, b] = [post('a'), post('b')];
    await settled();
    outbox.retry(a.key);
    outbox.discard(b.key);
    await settled();
    expect(server.taken).toEqual(['a']);
    expect(kept.keys('outbox/')).toEqual([]);
  });

  it('sends nothing that was thrown away in another tab, and forgets in time that it was', async () => {
    const server = fakeServer(['never came', 'never came']);
    const mine = open(server.deliver);
    const [a] = [mine.post('a'), mine.post('b')];
    await settled();
    const other = open(server.deliver, mine.kept, mine.time);
    await settled();
    other.outbox.discard(a.key);
    await mine.time.pass(60_000);
    expect(server.taken).toEqual(['b']);
    expect(mine.outbox.letters().map(({ body }) => body)).toEqual(['b']);
    await mine.time.pass(30 * 24 * 3_600_000);
    open(server.deliver, mine.kept, mine.time);
    expect(mine.kept.keys('')).toEqual([]);
  });

  it('leaves no refused ballot on the device [B5]', async () => {
    const { post, kept } = open(fakeServer(['refused']).deliver);
    post('paper', 'castBallot');
    await settled();
    expect(kept.keys('outbox/')).toEqual([]);
  });

  it('waits as long as the server asks when it was too often', async () => {
    const server = fakeServer(['too often']);
    const { post, time } = open(server.deliver);
    post('a');
    await time.pass(2_900);
    expect(server.taken).toEqual([]);
    await time.pass(2_000);
    expect(server.taken).toEqual(['a']);
  });

  it('tries at once when the line is back', async () => {
    const server = fakeServer(['never came', 'never came', 'never came', 'never came']);
    const { post, outbox, time } = open(server.deliver);
    post('a');
    await time.pass(10_000);
    const left = server.left();
    outbox.wake();
    await settled();
    expect(server.left()).toBeLessThanOrEqual(left);
    await time.pass(60_000);
    expect(server.taken).toEqual(['a']);
  });

  it('holds everything while nobody is signed in, and loses nothing', async () => {
    let isSignedIn = false;
    const server = fakeServer([]);
    const { post, outbox, time } = open(async (letter) => {
      if (!isSignedIn) throw new ApiError('SIGN_IN_REVOKED');
      return await server.deliver(letter);
    });
    post('a');
    post('b');
    await time.pass(60_000);
    expect(outbox.heldBy()).toBe('SIGN_IN_REVOKED');
    isSignedIn = true;
    outbox.wake();
    await settled();
    expect(server.taken).toEqual(['a', 'b']);
  });

  it('asks the person after a server that crashes again and again', async () => {
    const { post, outbox, time } = open(fakeServer(Array.from({ length: 9 }, () => 'crash')).deliver);
    post('a');
    await time.pass(60_000);
    expect(outbox.letters()[0]?.state).toMatchObject({ kind: 'refused', reason: 'UNEXPECTED' });
  });

  it('works, for as long as the page lives, where nothing can be stored', async () => {
    const server = fakeServer(['never came']);
    const closed = createKept(() => {
      throw new Error('forbidden');
    });
    const { post, time } = open(server.deliver, closed);
    post('a');
    await time.pass(5_000);
    expect(server.taken).toEqual(['a']);
  });
});
