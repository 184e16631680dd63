// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Reason } from '../../../core/domain/refusals.ts';
import type { SaveState } from '../../lib/collab.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { TextNotice } from './text-notice.tsx';

beforeAll(async () => {
  await loadTexts(['text']);
  await setLocale('zh-CN', { choose: false });
});
afterEach(cleanup);

type Shown = { readonly words: string | undefined; readonly acts: readonly (string | null)[] };
function shown(
  state: SaveState,
  {
    ended = null,
    writes = true,
    wrote = writes,
  }: { ended?: Reason | null; writes?: boolean; wrote?: boolean } = {},
): Shown {
  cleanup();
  render(
    <TextNotice
      state={state}
      ended={ended}
      fragment={new Y.Doc().getXmlFragment('t')}
      isAuthor={writes}
      mayHaveWritten={wrote}
      onDiscard={() => Promise.resolve()}
    />,
  );
  return {
    words: screen.queryByRole('alert')?.querySelector('p')?.textContent ?? undefined,
    acts: screen.queryAllByRole('button').map((button) => button.textContent),
  };
}
const lost = (reason: Reason) => shown({ kind: 'unsaved', reason }, { ended: reason });

describe(TextNotice.name, () => {
  it('says nothing while all is well, or passes by itself', () => {
    expect(shown({ kind: 'saved' }).words).toBeUndefined();
    expect(shown({ kind: 'unsaved', reason: 'STORAGE_AWAY' }).words).toBeUndefined();
    expect(shown({ kind: 'readOnly', reason: 'ROLE_MAY_NOT' }, { writes: false }).words).toBeUndefined();
  });

  it('tells of every refusal in its own words what to do [W5]', () => {
    const ways = ['复制全部文字', '放弃未保存的修改并重新载入'];
    expect(lost('MALFORMED')).toEqual({ words: expect.stringContaining('其他人的内容不受影响'), acts: ways });
    expect(lost('UPDATE_TOO_LARGE')).toEqual({ words: expect.stringContaining('分几次粘贴'), acts: ways });
    expect(lost('TEXT_RESET')).toEqual({ words: expect.stringContaining('较早的版本'), acts: ways });
    expect(shown({ kind: 'unsaved', reason: 'TEXT_FULL' })).toEqual({
      words: expect.stringContaining('篇幅上限'),
      acts: ways,
    });
    expect(shown({ kind: 'readOnly', reason: 'TEXT_FULL' })).toEqual({
      words: expect.stringContaining('仍可删减'),
      acts: [],
    });
  });

  it('gives somebody whose right was taken, or whose text was sealed, their words and a way on [W5]', () => {
    const ways = ['复制全部文字', '放弃未保存的修改并重新载入'];
    const past = { writes: false, wrote: true };
    expect(shown({ kind: 'unsaved', reason: 'ROLE_MAY_NOT' }, past)).toEqual({
      words: expect.stringContaining('请先复制您的文字'),
      acts: ways,
    });
    expect(shown({ kind: 'unsaved', reason: 'TEXT_LOCKED' }, past)).toEqual({
      words: expect.stringContaining('文本已锁定'),
      acts: ways,
    });
    expect(shown({ kind: 'readOnly', reason: 'TEXT_LOCKED' }).acts).toEqual([]);
  });

  it('offers an old page to be loaded anew, and throws nothing away by that', () => {
    const reload = '刷新页面';
    expect(shown({ kind: 'readOnly', reason: 'CLIENT_OUTDATED' }).acts).toEqual([reload]);
    expect(shown({ kind: 'unsaved', reason: 'CLIENT_OUTDATED' }).acts).toEqual(['复制全部文字', reload]);
    expect(
      shown({ kind: 'unsaved', reason: 'MALFORMED' }, { ended: 'MALFORMED', writes: false }).acts,
    ).toEqual([reload]);
  });
});
