import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../core/testing/seed.ts';
import { ApiError, type ClientReason } from './errors.ts';
import { fakeTime, settled } from './fake-time.ts';
import { createKept, type Kept } from './kept.ts';
import { createOutbox, type Letter } from './outbox.ts';

type Fate = 'taken' | 'answer lost' | 'never came' | 'away' | 'too often' | 'crash' | 'refused';

/** A server that takes a key once and answers it ever after, behind a line that does what it is told. */
function fakeServer(fates: readonly Fate[]) {
  const taken: string[] = [];
  const left = [...fates];
  const seqOf = new Map<string, number>();
  const take = ({ key, body }: Letter) => {
    const known = seqOf.get(key);
    if (known !== undefined) return known;
    taken.push(String(body));
    seqOf.set(key, taken.length);
    return taken.length;
  };
  const deliver = async (letter: Letter): Promise<number> => {
    await Promise.resolve();
    switch (left.shift() ?? 'taken') {
      case 'taken':
        return take(letter);
      case 'answer lost':
        take(letter);
        throw new ApiError('OFFLINE');
      case 'never came':
        throw new ApiError('OFFLINE');
      case 'away':
        throw new ApiError('STORAGE_AWAY');
      case 'too often':
        throw new ApiError('TOO_OFTEN', { details: { retryAfterMs: 3_000 } });
      case 'crash':
        throw new ApiError('UNEXPECTED');
      case 'refused':
        throw new ApiError('POLL_CLOSED');
    }
  };
  return { taken, deliver, left: () => left.length };
}

function memory(): Kept {
  const map = new Map<string, string>();
  return createKept(() => ({
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  }));
}

let keys = 0;
function open(deliver: (letter: Letter) => Promise<number | null>, kept = memory(), time = fakeTime()) {
  const outbox = createOutbox({
    kept,
    place: 'outbox/s/p/',
    deliver,
    after: time.after,
    random: () => 0.5,
    newKey: () => `key-${(keys += 1)}`,
    now: time.now,
    isReason: (value): value is ClientReason => value === 'POLL_CLOSED',
    forgetRefused: (door) => door === 'castBallot',
  });
  const post = (body: string, door = 'postView') => outbox.post({ door, params: {}, body });
  const kinds = () => outbox.letters().map((letter) => letter.state.kind);
  return { outbox, post, kinds, kept, time };
}

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

  const seed = freshSeed();
  it(`takes every letter exactly once and in order, over faults and reloads (seed ${seed})`, async () => {
    const fate = fc.constantFrom<Fate>('taken', 'answer lost', 'never came', 'away', 'too often', 'crash');
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant('post' as const) },
      { weight: 3, arbitrary: fc.constant('pass' as const) },
      { weight: 1, arbitrary: fc.constant('reload' as const) },
      { weight: 1, arbitrary: fc.constant('wake' as const) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 20 }),
        fc.array(step, { maxLength: 25 }),
        async (fates, steps) => {
          // Three crashes in a row would end in a question to the person, which is another test.
          const server = fakeServer(fates.filter((one, at) => one !== 'crash' || fates[at - 1] !== 'crash'));
          let box = open(server.deliver);
          const { kept, time } = box;
          const posted: string[] = [];
          for (const [at, what] of steps.entries()) {
            if (what === 'post') posted.push(String(box.post(`v${at}`).body));
            if (what === 'pass') await time.pass(1_500);
            if (what === 'wake') box.outbox.wake();
            if (what === 'reload') {
              await settled();
              box.outbox.stop();
              box = open(server.deliver, kept, time);
            }
          }
          await time.pass(600_000);
          expect(server.taken).toEqual(posted);
          expect(kept.keys('outbox/')).toEqual([]);
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it(`takes every letter once and each tab's in order when several tabs share the device (seed ${seed})`, async () => {
    const fate = fc.constantFrom<Fate>('taken', 'answer lost', 'never came', 'away', 'too often');
    const step = fc.record({
      tab: fc.nat({ max: 2 }),
      what: fc.constantFrom('post', 'post', 'post', 'pass', 'open anew', 'close'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 20 }),
        fc.array(step, { minLength: 3, maxLength: 30 }),
        async (fates, steps) => {
          const server = fakeServer(fates);
          const [kept, time] = [memory(), fakeTime()];
          const tabs: (ReturnType<typeof open> | null)[] = [open(server.deliver, kept, time), null, null];
          const posted: string[][] = [[], [], []];
          for (const [at, { tab, what }] of steps.entries()) {
            if (what === 'pass') await time.pass(1_500);
            if (what === 'close' || what === 'open anew') {
              await settled();
              tabs[tab]?.outbox.stop();
              tabs[tab] = null;
            }
            if (what === 'open anew') tabs[tab] = open(server.deliver, kept, time);
            if (what !== 'post') continue;
            const box = (tabs[tab] ??= open(server.deliver, kept, time));
            posted[tab]?.push(String(box.post(`tab ${tab}, ${at}`).body));
          }
          // Somebody comes back once more and stays until everything is there.
          open(server.deliver, kept, time);
          await time.pass(900_000);
          expect([...server.taken].sort()).toEqual(posted.flat().sort());
          for (const [tab, own] of posted.entries())
            expect(server.taken.filter((body) => body.startsWith(`tab ${tab},`))).toEqual(own);
          expect(kept.keys('outbox/')).toEqual([]);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});
