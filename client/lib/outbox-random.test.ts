import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../core/testing/seed.ts';
import { fakeTime, settled } from './fake-time.ts';
import { fakeServer, memory, open, type Fate } from '../testing/outbox-stage.ts';

describe('createOutbox', () => {
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
