import { describe, expect, it } from 'vitest';
import { saidCounts } from '../../core/domain/room/earlier.ts';
import { ApiError } from '../lib/errors.ts';
import { withViews } from '../testing/store-stage.ts';

describe('loadEarlier', () => {
  it('brings the pages that lead to a seq, each once, and counts all the time what is left [R1] [R3]', async () => {
    const s = await withViews(12);
    expect(s.store.state().room.views).toHaveLength(3);
    expect(saidCounts(s.store.state().room).views).toBe(12);
    expect(await s.store.loadEarlier(null)).toBeNull();
    expect(s.store.state().room.views).toHaveLength(7);
    s.tell(s.post(30));
    const first = s.log.findIndex(({ event }) => event.type === 'view:posted') + 1;
    await Promise.all([s.store.loadEarlier(first), s.store.loadEarlier(first)]);
    expect(s.store.state().room.earlier).toBeUndefined();
    expect(s.store.state().room.views).toHaveLength(13);
    expect(new Set(s.asked.pages).size).toBe(s.asked.pages.length);
    await s.store.loadEarlier(null);
    expect(s.asked.pages).toHaveLength(3);
  });

  it('says what went wrong, changes nothing, and works again later', async () => {
    const s = await withViews(9);
    const before = s.store.state().room;
    s.fail(new ApiError('OFFLINE'));
    expect((await s.store.loadEarlier(null))?.reason).toBe('OFFLINE');
    expect(s.store.state().room).toBe(before);
    s.fail(null);
    expect(await s.store.loadEarlier(null)).toBeNull();
    expect(s.store.state().room.views).toHaveLength(7);
  });
});
