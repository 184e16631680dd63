import { describe, expect, it } from 'vitest';
import { saidCounts } from '../../core/domain/room/earlier.ts';
import { live } from '../testing/store-stage.ts';

describe('createRepairing', () => {
  it('fetches a lost event by itself, and only that', async () => {
    const s = await live();
    const known = s.log.length;
    s.post(1);
    s.tell(s.post(2));
    expect(s.store.state().room.views).toHaveLength(0);
    await s.time.pass(1_000);
    expect(s.store.state().room.views.map(({ text }) => text)).toEqual(['意见 1', '意见 2']);
    expect(s.asked.events).toEqual([known]);
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches nothing when events merely overtook each other', async () => {
    const s = await live();
    const first = s.post(1);
    s.tell(s.post(2));
    s.tell(first);
    await s.time.pass(5_000);
    expect(s.store.state().room.views).toHaveLength(2);
    expect(s.asked.events).toEqual([]);
  });

  it('does not fetch in a circle: when the events do not help, it takes a picture', async () => {
    const s = await live();
    const [lost] = s.post(1);
    if (lost === undefined) throw new Error('no event');
    // The server tells of an event that its log does not have.
    s.tell([{ ...lost, seq: lost.seq + 40 }]);
    await s.time.pass(60_000);
    expect(s.asked.snapshots).toBeLessThanOrEqual(3);
    expect(s.asked.events.length).toBeLessThanOrEqual(4);
    expect(s.store.state().room.seq).toBe(s.log.length);
  });

  it('fetches what was said to be on its way and did not come', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.up();
    await s.time.pass(5_000);
    expect(s.store.state().room.views).toHaveLength(7);
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches page by page what is too much for the line [G7]', async () => {
    const s = await live();
    s.down();
    const known = s.log.length;
    for (let n = 0; n < 9; n += 1) s.post(n);
    s.setBehind(true);
    s.up();
    await s.time.pass(1);
    expect(s.asked.events).toEqual([known, known + 5]);
    expect(s.asked.snapshots).toBe(1);
    expect(saidCounts(s.store.state().room).views).toBe(9);
    expect(s.store.state().connection).toBe('restored');
  });

  it('fetches by request what a line brings that does not answer [G7]', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.deafen(true);
    s.up();
    await s.time.pass(1);
    expect(s.store.state().room.views).toHaveLength(7);
    s.deafen(false);
    await s.time.pass(3_000);
    expect(s.store.state().connection).toBe('restored');
    expect(s.asked.snapshots).toBe(1);
  });

  it('fetches by request what no line stands long enough to bring [G7]', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 7; n += 1) s.post(n);
    s.up();
    await s.time.pass(1_000);
    // It falls before what was missed has come.
    s.down();
    expect(s.store.state().room.views).toHaveLength(0);
    s.up();
    await s.time.pass(1);
    expect(s.store.state().room.views).toHaveLength(7);
    expect(s.store.state().connection).toBe('restored');
  });
});
