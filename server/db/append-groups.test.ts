import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../core/testing/seed.ts';
import { createGroups } from './append-groups.ts';

const seed = freshSeed();
const turn = () => new Promise((resolve) => setImmediate(resolve));

type Item = { readonly id: number; readonly size: number; readonly kind: Kind; readonly session?: string };
type Kind = 'good' | 'locked' | 'poison' | 'cut';
const FAULTS = { poison: new Error('poison'), cut: new Error('cut') };

function stand(most = { groups: 2, items: 4, size: 100 }) {
  const state = { most: 0, underWay: 0 };
  const groups: (readonly Item[])[] = [];
  const alone: Item[] = [];
  const unlocked: (() => void)[] = [];
  const ask = createGroups<Item, string>(
    {
      together: async (items) => {
        groups.push(items);
        state.underWay += 1;
        state.most = Math.max(state.most, state.underWay);
        await turn();
        state.underWay -= 1;
        const guilty = items.find(({ kind }) => kind === 'poison' || kind === 'cut');
        if (guilty !== undefined) throw FAULTS[guilty.kind as 'poison' | 'cut'];
        return items.map(({ id, kind }) => (kind === 'locked' ? null : `together ${id}`));
      },
      alone: async (item) => {
        alone.push(item);
        if (item.kind === 'locked') await new Promise<void>((resolve) => unlocked.push(resolve));
        if (item.kind === 'poison') throw FAULTS.poison;
        return `alone ${item.id}`;
      },
      sizeOf: ({ size }) => size,
      sessionOf: ({ session, id }) => session ?? `${id}`,
      isOnesFault: (error) => error === FAULTS.poison,
    },
    most,
  );
  return { ask, groups, alone, unlocked, state };
}

const good = (id: number, size = 1): Item => ({ id, size, kind: 'good' });

describe(`createGroups (seed ${seed})`, () => {
  it('does what comes in one turn at once, and what comes while groups are under way in the next', async () => {
    const { ask, groups } = stand({ groups: 1, items: 10, size: 100 });
    const first = [1, 2].map((id) => ask(good(id)));
    await turn();
    const others = [3, 4, 5].map((id) => ask(good(id)));
    expect(await Promise.all([...first, ...others])).toEqual([1, 2, 3, 4, 5].map((id) => `together ${id}`));
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('takes two of one session one after the other: one append would be told what became of the other', async () => {
    const { ask, groups } = stand({ groups: 1, items: 10, size: 100 });
    const items = [1, 2, 3, 4].map((id) => ({ ...good(id), session: id === 3 ? 'one' : `of ${id % 2}` }));
    expect(await Promise.all(items.map(ask))).toEqual([1, 2, 3, 4].map((id) => `together ${id}`));
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([[1, 2, 3], [4]]);
  });

  it('lets what is locked wait by itself: whoever comes behind it is done meanwhile [L10]', async () => {
    const { ask, unlocked } = stand({ groups: 1, items: 10, size: 100 });
    let isDone = false;
    const locked = ask({ id: 1, size: 1, kind: 'locked' }).then((value) => {
      isDone = true;
      return value;
    });
    expect(await Promise.all([ask(good(2)), ask(good(3))])).toEqual(['together 2', 'together 3']);
    expect(await ask(good(4))).toBe('together 4');
    expect(isDone).toBe(false);
    for (const unlock of unlocked) unlock();
    expect(await locked).toBe('alone 1');
  });

  it('answers everything once, within its bounds, and lets nothing pay for what another did [L10]', async () => {
    const items = fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 150 }),
        kind: fc.constantFrom<Kind>('good', 'good', 'good', 'locked', 'poison', 'cut'),
        turns: fc.nat({ max: 2 }),
      }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 3 }), async (asked, most) => {
        const bounds = { groups: most, items: 4, size: 200 };
        const { ask, groups, alone, unlocked, state } = stand(bounds);
        const answers: Promise<PromiseSettledResult<string>>[] = [];
        for (const [id, { turns, ...item }] of asked.entries()) {
          for (let n = 0; n < turns; n += 1) await turn();
          answers.push(Promise.allSettled([ask({ ...item, id })]).then(([answer]) => answer));
        }
        const asking = { isDone: false };
        const all = Promise.all(answers).finally(() => (asking.isDone = true));
        while (!asking.isDone) {
          for (const unlock of unlocked.splice(0)) unlock();
          await turn();
        }
        const settled = await all;
        // Each was in one group, in the order in which it came, and was done alone once at most.
        expect(groups.flat().map(({ id }) => id)).toEqual(asked.map((_item, id) => id));
        expect(new Set(alone).size).toBe(alone.length);
        expect(state.most).toBeLessThanOrEqual(most);
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(bounds.items);
          const size = group.reduce((sum, item) => sum + item.size, 0);
          if (group.length > 1) expect(size).toBeLessThanOrEqual(bounds.size);
          const faults = group.map(({ kind }) => kind).filter((kind) => kind === 'poison' || kind === 'cut');
          for (const { id, kind } of group) {
            const answer = settled[id];
            if (faults[0] === 'cut') expect(answer).toMatchObject({ reason: FAULTS.cut });
            else if (kind === 'poison') expect(answer).toMatchObject({ reason: FAULTS.poison });
            else {
              const how = faults[0] === 'poison' || kind === 'locked' ? 'alone' : 'together';
              expect(answer).toMatchObject({ value: `${how} ${id}` });
            }
          }
        }
      }),
      { seed },
    );
  });
});
