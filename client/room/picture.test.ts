import { describe, expect, it } from 'vitest';
import { saidCounts } from '../../core/domain/room/earlier.ts';
import { ApiError } from '../lib/errors.ts';
import { settled } from '../lib/fake-time.ts';
import { live, stage, withViews } from '../testing/store-stage.ts';

describe('createPicture', () => {
  it('takes events that came while the picture was on its way, each once [L1]', async () => {
    const s = stage();
    s.store.start();
    s.up();
    const first = s.post(1);
    s.tell(first);
    s.tell(first);
    await settled();
    expect(s.store.state().room.views).toHaveLength(1);
  });

  it('keeps on the screen what was loaded when a newer picture joins it [R1]', async () => {
    const s = await withViews(8);
    expect(await s.store.loadEarlier(1)).toBeNull();
    s.post(20);
    s.store.reload();
    await settled();
    expect(s.asked.snapshots).toBe(2);
    expect(s.store.state().room.earlier).toBeUndefined();
    expect(s.store.state().room.views).toHaveLength(9);
  });

  it('takes no second copy of a picture that it has', async () => {
    const s = await live();
    s.store.reload();
    await settled();
    expect(s.asked.tags).toEqual([null, `${s.log.length}`]);
    expect(s.store.state().phase).toBe('ready');
    expect(s.store.state().room.seq).toBe(s.log.length);
  });

  it('shows what it had until a picture comes, when an event does not fit', async () => {
    const s = await withViews(3);
    const shown: number[] = [];
    s.store.subscribe(() => shown.push(s.store.state().room.views.length));
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    // A view of the office: no server says so, and no room can hold it.
    s.tell([{ ...next, by: 'office' }]);
    s.tell(s.post(21));
    await s.time.pass(5_000);
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(3);
    expect(saidCounts(s.store.state().room).views).toBe(5);
    expect(s.asked.events).toEqual([]);
  });

  it('takes the picture when it can, and says meanwhile that it catches up, when an event does not fit', async () => {
    const s = await withViews(3);
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    s.fail(new ApiError('UNEXPECTED'));
    s.tell([{ ...next, by: 'office' }]);
    await s.time.pass(1_000);
    expect(s.store.state()).toMatchObject({ phase: 'ready', connection: 'catching-up' });
    for (let n = 21; n < 60; n += 1) s.tell(s.post(n));
    s.fail(null);
    await s.time.pass(20_000);
    expect(s.store.state().connection).toBe('live');
    expect(s.store.state().room.seq).toBe(s.log.length);
  });

  it('takes the picture before it listens again when an event did not fit', async () => {
    const s = await withViews(3);
    const [next] = s.post(20);
    if (next === undefined) throw new Error('no event');
    s.fail(new ApiError('UNEXPECTED'));
    s.tell([{ ...next, by: 'office' }]);
    await s.time.pass(1);
    s.fail(null);
    s.down();
    s.up();
    await settled();
    expect(s.asked.heard[s.asked.heard.length - 1]).toBe(s.log.length);
    expect(s.store.state()).toMatchObject({ connection: 'restored', room: { seq: s.log.length } });
  });

  it('takes a picture when it is too far behind', async () => {
    const s = await live();
    s.down();
    for (let n = 0; n < 510; n += 1) s.post(n);
    s.setBehind(true);
    s.up();
    await settled();
    expect(s.asked.snapshots).toBe(2);
    expect(s.asked.events).toEqual([]);
    expect(saidCounts(s.store.state().room).views).toBe(510);
    expect(s.store.state().connection).toBe('restored');
  });

  it('believes a server whose log was put back from a backup', async () => {
    const s = await withViews(5);
    s.down();
    s.log.splice(-2);
    s.setBehind(true);
    s.up();
    await settled();
    expect(s.store.state().room.seq).toBe(s.log.length);
    expect(s.store.state().connection).toBe('restored');
  });
});
