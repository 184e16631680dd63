import { describe, expect, it } from 'vitest';
import { TEXT_LIMITS } from './limits.ts';
import { createSinceSnapshot } from './since-snapshot.ts';

const row = (seq: number, size = 30) => ({ seq, data: new Uint8Array(size) });

/** What came since a snapshot of so many bytes at seq 10. */
function since(bytes: number, rows: number, size = 30) {
  const made = createSinceSnapshot({ seq: 10, bytes });
  for (let n = 1; n <= rows; n += 1) made.count(row(10 + n, size));
  return made;
}

describe(createSinceSnapshot.name, () => {
  it('goes on counting rows that came while the snapshot was made', () => {
    const made = since(1_000, 5);
    expect(made.bytes()).toBe(1_150);
    made.taken({ seq: 13, bytes: 1_060 });
    expect(made.bytes()).toBe(1_060 + 60);
    made.count(row(16));
    expect(made.bytes()).toBe(1_060 + 90);
  });

  it('hears of a snapshot that goes further than the rows that are here', () => {
    const made = since(1_000, 2);
    made.taken({ seq: 20, bytes: 1_300 });
    made.count(row(20));
    expect(made.bytes()).toBe(1_300);
    made.count(row(21));
    expect(made.bytes()).toBe(1_330);
  });

  it('is not moved back by an older snapshot, or by the same one again', () => {
    const made = since(1_000, 4);
    made.taken({ seq: 12, bytes: 1_050 });
    made.taken({ seq: 12, bytes: 1_050 });
    made.taken({ seq: 11, bytes: 1_020 });
    expect(made.bytes()).toBe(1_050 + 60);
  });

  it('calls for a snapshot by rows, and by bytes in proportion to the snapshot there is', () => {
    const { snapshotRows, snapshotBytes } = TEXT_LIMITS;
    expect([since(0, snapshotRows - 1).isDue(), since(0, snapshotRows).isDue()]).toEqual([false, true]);
    expect([since(0, 1, snapshotBytes - 1).isDue(), since(0, 1, snapshotBytes).isDue()]).toEqual([
      false,
      true,
    ]);
    const large = 3 * snapshotBytes;
    expect([since(large, 1, large - 1).isDue(), since(large, 1, large).isDue()]).toEqual([false, true]);
  });

  it('calls for a snapshot of a full text as soon as anything came: it may be full of what was deleted', () => {
    const full = TEXT_LIMITS.documentBytes + 1;
    expect([since(full, 0).isDue(), since(full, 1).isDue(), since(full - 31, 1).isDue()]).toEqual([
      false,
      true,
      false,
    ]);
    expect([since(full, 0).isAny(), since(0, 1).isAny()]).toEqual([false, true]);
  });

  it('is worth one at rest for some rows that weigh something beside the snapshot', () => {
    const { idleRows, idleShare, rowBytes } = TEXT_LIMITS;
    expect([since(0, idleRows - 1).isWorthIt(), since(0, idleRows).isWorthIt()]).toEqual([false, true]);
    const weight = idleRows * (30 + rowBytes);
    expect(since(weight / idleShare, idleRows).isWorthIt()).toBe(true);
    expect(since(weight / idleShare + 8, idleRows).isWorthIt()).toBe(false);
  });
});
