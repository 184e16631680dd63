import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasId, itemOf, withItem, withVersion } from './known-ids.ts';

type Item = { readonly id: string };

describe('hasId', () => {
  it('says of every version of a list what looking through it says, whatever became of the others', () => {
    // Each step makes a new version from any version so far: drafts come to nothing, and the same id comes again.
    const step = fc.record({
      from: fc.nat(),
      id: fc.integer({ min: 0, max: 9 }).map(String),
      asks: fc.boolean(),
      // Another version of something that is there, in place of one more.
      edits: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const versions: (readonly Item[])[] = [[]];
        for (const [n, { from, id, asks, edits }] of steps.entries()) {
          const version = versions[from % versions.length]!;
          if (asks) hasId(version, id);
          const place = edits ? version.findIndex((item) => item.id === id) : -1;
          const item = { id, version: n };
          versions.push(place === -1 ? withItem(version, item) : withVersion(version, place, item));
        }
        for (const version of versions) {
          for (let id = 0; id < 10; id += 1) {
            const isThere = version.some((item) => item.id === String(id));
            expect(hasId(version, String(id))).toBe(isThere);
            expect(itemOf(version, String(id))?.id).toBe(isThere ? String(id) : undefined);
          }
        }
      }),
    );
  });
});
