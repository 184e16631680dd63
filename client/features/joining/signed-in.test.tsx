// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../lib/errors.ts';
import { loadTexts } from '../../lib/i18n.ts';
import { SignedIn } from './signed-in.tsx';

beforeAll(() => loadTexts(['join']));
afterEach(cleanup);

describe('SignedIn', () => {
  it('says who is signed in, and signs out only when asked [P11]', async () => {
    const onSignOut = vi.fn(() => Promise.reject(new ApiError('OFFLINE')));
    render(<SignedIn name="李委员" held={{ unsent: 0, unsaved: 0 }} onSignOut={onSignOut} />);
    expect(screen.getByText(/李委员/)).toBeTruthy();
    expect(onSignOut).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: /退出登录/ }));
    await waitFor(() => expect(onSignOut).toHaveBeenCalledTimes(1));
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
  });

  it('says what this device would lose by it', () => {
    render(<SignedIn name="李委员" held={{ unsent: 2, unsaved: 1 }} onSignOut={() => Promise.resolve()} />);
    expect(screen.getByText(/还有 2 条没发出/)).toBeTruthy();
    expect(screen.getByText(/还有 1 份文本里您的修改没有保存/)).toBeTruthy();
  });
});
