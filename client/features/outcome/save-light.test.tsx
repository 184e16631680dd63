// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SaveState } from '../../lib/collab.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { SaveLight } from './save-light.tsx';

const said = (state: SaveState, isKept = true): string | null => {
  render(<SaveLight state={state} isKept={isKept} />);
  const words = screen.getByRole('group').textContent;
  cleanup();
  return words;
};
const offline = (edits: number): SaveState => ({ kind: 'offline', edits });

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
    expect(said({ kind: 'earlierUnread' })).toBe('已保存 · 上次写的还在本机');
  });

  it('says why there is no line, where the server told', () => {
    expect(said({ kind: 'offline', edits: 0, reason: 'TOO_OFTEN' })).toBe('离线（操作太频繁，请稍候再试）');
    expect(said({ kind: 'offline', edits: 2, reason: 'STORAGE_AWAY' })).toBe(
      '离线（系统暂时无法保存） · 本机 2 处修改',
    );
  });

  it('promises nothing for a device that keeps nothing [W14]', () => {
    expect(said(offline(3), false)).toBe('离线 · 3 处修改没有保存，请勿关闭页面');
    expect(said({ kind: 'unsaved', reason: 'STORAGE_AWAY' })).toContain('已留在本机');
    expect(said({ kind: 'unsaved', reason: 'STORAGE_AWAY' }, false)).toBe(
      '未保存（系统暂时无法保存，请勿关闭页面）',
    );
    expect(said({ kind: 'offline', edits: 2, reason: 'STORAGE_AWAY' }, false)).not.toContain('本机');
  });

  it('is heard when something is not saved and when it is again, not at every pause of typing', () => {
    const shown = render(<SaveLight state={{ kind: 'connecting' }} isKept />);
    const heard = (...states: SaveState[]) =>
      states.map((state) => {
        shown.rerender(<SaveLight state={state} isKept />);
        return screen.getByRole('status').textContent;
      });
    const saved: SaveState = { kind: 'saved' };
    const saving: SaveState = { kind: 'saving' };
    expect(heard(saved, saving, saved, saving)).toEqual(['', '', '', '']);
    expect(heard(offline(1), offline(2), offline(3))).toEqual(['离线', '离线', '离线']);
    expect(heard(saving, saved, saving, saved)).toEqual(['离线', '已保存', '已保存', '已保存']);
    expect(heard({ kind: 'unsaved', reason: 'TEXT_LOCKED' })).toEqual(['未保存（文本已锁定，不能再修改）']);
    // Each time anew: the same trouble after it had passed.
    expect(heard(saved, offline(1))).toEqual(['已保存', '离线']);
  });

  it('counts in English as English does', async () => {
    await setLocale('en', { choose: false });
    expect(said({ kind: 'offline', edits: 1 })).toBe('Offline · 1 edit on this device');
    expect(said({ kind: 'offline', edits: 2 })).toBe('Offline · 2 edits on this device');
  });
});
