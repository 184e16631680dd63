import { describe, expect, it } from 'vitest';
import { as, AT, seated, view, viewId } from '../../testing/builders.ts';
import { LIMITS } from '../limits.ts';
import { applyAll } from './apply.ts';
import { decide } from './decide.ts';
import { viewIn } from './earlier.ts';
import { guardEdit } from './mending.ts';
import { AUDIENCES } from './audiences.ts';
import { seenLater } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const after = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
const MINUTES_MS = 60_000;

/** A view of the member (1), posted at AT. */
function posted() {
  const t = seated({ open: true });
  t.must(as(1), { type: 'postView', view: view(1) });
  const edit = (text: string) => ({ type: 'editView', viewId: viewId(1), text }) as const;
  const withdraw = { type: 'withdrawView', viewId: viewId(1) } as const;
  const card = () => viewIn(t.room(), viewId(1));
  const reasonOf = (n: number, command: ReturnType<typeof edit> | typeof withdraw, at = AT) => {
    const answer = t.ask(as(n), command, { at });
    return answer.ok ? null : answer.error.reason;
  };
  return { ...t, edit, withdraw, card, reasonOf };
}

describe('editView', () => {
  it('keeps what was said before, and when it was corrected, for everybody [V8]', () => {
    const t = posted();
    t.must(as(1), t.edit('第二稿'), { at: after(1_000) });
    t.must(as(1), t.edit('第三稿'), { at: after(2_000) });
    expect(t.card()).toMatchObject({
      text: '第三稿',
      at: AT,
      edits: [
        { text: '意见 1', until: after(1_000) },
        { text: '第二稿', until: after(2_000) },
      ],
    });
    expect(t.reasonOf(1, t.edit('第三稿'))).toBe('WORDS_UNCHANGED');
  });

  it('says how many had endorsed what was said before, and nothing in old logs [V8]', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'postView', view: view(1) });
    const edit = (text: string) => t.must(as(1), { type: 'editView', viewId: viewId(1), text });
    edit('无人附议时');
    for (const n of [2, 3]) t.must(as(n), { type: 'endorseView', viewId: viewId(1) });
    edit('两人附议后');
    const [first, second] = t.room().views[0]?.edits ?? [];
    expect([first?.endorsed, second?.endorsed]).toEqual([undefined, 2]);
    const old = t.log.map((row) =>
      row.event.type === 'view:edited'
        ? { ...row, event: { type: row.event.type, viewId: row.event.viewId, text: row.event.text } }
        : row,
    );
    expect(applyAll(EMPTY_ROOM, old).views[0]?.edits?.every((one) => !('endorsed' in one))).toBe(true);
  });

  it('is for its author, for five minutes of the log’s clock, and a few times [V8]', () => {
    const t = posted();
    const limit = 5 * MINUTES_MS;
    expect(t.reasonOf(3, t.edit('别人的话'))).toBe('NOT_OWN_VIEW');
    expect(t.reasonOf(0, t.edit('主持人的话'))).toBe('NOT_OWN_VIEW');
    expect(t.reasonOf(1, t.edit('迟了'), after(limit))).toBe('EDIT_TOO_LATE');
    expect(t.reasonOf(1, t.edit('刚好'), after(limit - 1))).toBeNull();
    for (let n = 1; n < LIMITS.editsPerView; n += 1) t.must(as(1), t.edit(`第${n}次`));
    expect(t.reasonOf(1, t.edit('太多次'))).toBe('EDITED_TOO_OFTEN');
    // What judges disables the button: at the same moment, by the same function.
    const fresh = posted();
    const until = Date.parse(AT) + limit;
    expect(guardEdit(fresh.room(), as(1), viewId(1), until - 1).ok).toBe(true);
    expect(guardEdit(fresh.room(), as(1), viewId(1), until).ok).toBe(false);
  });

  it('is refused without a clock', () => {
    const t = posted();
    expect(decide(t.room(), as(1), t.edit('没有时间'))).toMatchObject({ error: { reason: 'EDIT_TOO_LATE' } });
  });
});

describe('withdrawView', () => {
  it('leaves the card in its place without its words; answers to it stand [V9]', () => {
    const t = posted();
    t.must(as(1), t.edit('第二稿'));
    t.must(as(3), { type: 'postView', view: view(2, { replyTo: viewId(1) }) });
    expect(t.reasonOf(3, t.withdraw)).toBe('NOT_OWN_VIEW');
    // Long after it could be corrected.
    expect(t.reasonOf(1, t.withdraw, after(60 * MINUTES_MS))).toBeNull();
    expect(t.room().views.map(({ id }) => id)).toEqual([viewId(1), viewId(2)]);
    expect(t.card()).toMatchObject({ text: '', withdrawnAt: after(60 * MINUTES_MS), edits: [{ text: '' }] });
    expect(t.room().views[1]?.replyTo).toBe(viewId(1));
    for (const again of [t.withdraw, t.edit('再来')]) expect(t.reasonOf(1, again)).toBe('VIEW_WITHDRAWN');
    t.must(as(6), { type: 'postView', view: view(3, { replyTo: viewId(1) }) });
  });

  it('waits while the session does not go on [S3]', () => {
    const t = posted();
    t.must(as(0), { type: 'pauseSession' });
    expect(t.reasonOf(1, t.withdraw)).toBe('SESSION_NOT_OPEN');
  });

  it('keeps the words from whoever reads the log later, but not from the chair [V9]', () => {
    const t = posted();
    t.must(as(1), t.edit('第二稿'));
    t.must(as(3), { type: 'postView', view: view(2) });
    t.must(as(1), t.withdraw);
    const seen = AUDIENCES.map((audience) =>
      JSON.stringify(t.log.map((envelope) => seenLater(envelope, audience, t.room()))),
    );
    const tells = (words: string) => seen.map((log) => log.includes(words));
    expect(AUDIENCES).toEqual(['chair', 'room']);
    expect([tells('意见 1'), tells('第二稿'), tells('意见 2')]).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
  });
});
