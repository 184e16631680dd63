import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasId, withItem } from './known-ids.ts';

type Item = { readonly id: string };

describe('hasId', () => {
  it('says of every version of a list what looking through it says, whatever became of the others', () => {
    // Each step makes a new version from any version so far: drafts come to nothing, and the same id comes again.
    const step = fc.record({
      from: fc.nat(),
      id: fc.integer({ min: 0, max: 9 }).map(String),
      asks: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const versions: (readonly Item[])[] = [[]];
        for (const { from, id, asks } of steps) {
          const version = versions[from % versions.length]!;
          if (asks) hasId(version, id);
          versions.push(withItem(version, { id }));
        }
        for (const version of versions) {
          for (let id = 0; id < 10; id += 1) {
            const isThere = version.some((item) => item.id === String(id));
            expect(hasId(version, String(id))).toBe(isThere);
          }
        }
      }),
    );
  });
});
