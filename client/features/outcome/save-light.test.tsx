// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SaveState } from '../../lib/collab.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { SaveLight } from './save-light.tsx';

const said = (state: SaveState): string | null => {
  render(<SaveLight state={state} />);
  const words = screen.getByRole('status').textContent;
  cleanup();
  return words;
};

describe(SaveLight.name, () => {
  beforeAll(async () => {
    await loadTexts(['text']);
    await setLocale('zh-CN', { choose: false });
  });
  afterEach(cleanup);

  it('has its own words for every state, never only a colour [W1]', () => {
    expect(said({ kind: 'connecting' })).toBe('正在连接');
    expect(said({ kind: 'saved' })).toBe('已保存');
    expect(said({ kind: 'saving' })).toBe('正在保存');
    expect(said({ kind: 'offline', edits: 5 })).toBe('离线 · 本机 5 处修改');
    expect(said({ kind: 'offline', edits: 0 })).toBe('离线');
    expect(said({ kind: 'unsaved', reason: 'UPDATE_TOO_LARGE' })).toBe('未保存（一次内容太多）');
    expect(said({ kind: 'unsaved', reason: 'TEXT_LOCKED' })).toBe('未保存（文本已锁定，不能再修改）');
    expect(said({ kind: 'readOnly', reason: 'ROLE_MAY_NOT' })).toBe('只读');
  });

  it('counts in English as English does', async () => {
    await setLocale('en', { choose: false });
    expect(said({ kind: 'offline', edits: 1 })).toBe('Offline · 1 edit on this device');
    expect(said({ kind: 'offline', edits: 2 })).toBe('Offline · 2 edits on this device');
  });
});
