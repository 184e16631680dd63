// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadTexts } from '../lib/i18n.ts';
import { ConnectionLight, type Connection } from './connection-light.tsx';

beforeAll(() => loadTexts([]));
afterEach(cleanup);

describe('ConnectionLight', () => {
  it.each<[Connection, number, string]>([
    ['connecting', 0, '连接中'],
    ['live', 0, '已连接'],
    ['offline', 0, '离线'],
    ['offline', 3, '离线（3 条待发）'],
    ['catching-up', 0, '正在补齐'],
    ['restored', 0, '已恢复'],
  ])('says in words how the line stands: %s with %i waiting', (connection, waiting, words) => {
    render(<ConnectionLight connection={connection} waiting={waiting} />);
    expect(screen.getByRole('status', { name: '连接状态' }).textContent).toBe(words);
  });

  it('stays one status region, so that a reader hears each change', () => {
    const { rerender } = render(<ConnectionLight connection="live" waiting={0} />);
    const region = screen.getByRole('status');
    rerender(<ConnectionLight connection="offline" waiting={1} />);
    expect(screen.getByRole('status')).toBe(region);
    expect(region.textContent).toBe('离线（1 条待发）');
  });
});
