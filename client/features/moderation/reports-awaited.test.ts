import { describe, expect, it } from 'vitest';
import { as, seated, view, viewId } from '../../../core/testing/builders.ts';
import { moderationFor } from '../../../core/domain/room/my-moderation.ts';
import { roomSeenBy } from '../../../core/domain/room/seen-by.ts';
import { answersAwaited } from './reports-awaited.ts';

const on = <T extends string>(type: T, n = 1) => ({ type, viewId: viewId(n) });
const reason = { reason: 'insult' as const };

/** Two views of a resident, the first of which a member has reported. */
function reported() {
  const t = seated({ open: true });
  for (const n of [1, 2]) t.must(as(3), { type: 'postView', view: view(n) });
  t.must(as(1), { ...on('reportView'), ...reason });
  const awaited = () => answersAwaited(roomSeenBy(t.room()), moderationFor(t.room(), as(1)), []);
  return { t, awaited };
}

describe('what somebody follows who reported a view', () => {
  it('is what may answer them, and no other event of moderation [X12]', () => {
    const { t, awaited } = reported();
    const before = awaited();
    expect(before).not.toBeNull();
    t.must(as(6), { ...on('reportView'), ...reason });
    t.must(as(0), { ...on('muteSpeaker'), participantId: t.room().views[0]!.by, why: '重复' });
    t.must(as(5), { ...on('hideView', 2), ...reason, why: '言辞' });
    expect(awaited()).toBe(before);
    t.must(as(5), { ...on('restoreView', 2) });
    expect(awaited()).not.toBe(before);
    t.must(as(5), { ...on('dismissReports'), why: '就事论事', seen: t.room().seq });
    expect(awaited()).toBeNull();
  });

  it('is over when a moderator hides it or its author takes it back, and not when reports alone hide it [X12]', () => {
    const hidden = reported();
    hidden.t.must(as(5), { ...on('hideView'), ...reason, why: '言辞' });
    expect(hidden.awaited()).toBeNull();
    const withdrawn = reported();
    withdrawn.t.must(as(3), on('withdrawView'));
    expect(withdrawn.awaited()).toBeNull();
    const byReports = reported();
    for (const n of [2, 6]) byReports.t.must(as(n), { ...on('reportView'), ...reason });
    expect(byReports.t.room().views[0]?.hidden?.byReports).toBe(true);
    expect(byReports.awaited()).not.toBeNull();
    byReports.t.must(as(5), { ...on('hideView'), ...reason, why: '言辞' });
    expect(byReports.awaited()).toBeNull();
  });

  it('is followed of a view that is not held here, and of what nobody has told of yet', () => {
    const { t } = reported();
    const mine = moderationFor(t.room(), as(6));
    expect(answersAwaited(roomSeenBy(t.room()), mine, [])).toBeNull();
    expect(answersAwaited(roomSeenBy(t.room()), mine, [viewId(9)])).not.toBeNull();
  });
});
