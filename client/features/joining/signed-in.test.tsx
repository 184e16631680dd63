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
    const uncast = () => Promise.resolve(0);
    render(<SignedIn name="李委员" held={{ unsent: 0, unsaved: 0 }} {...{ uncast, onSignOut }} />);
    expect(screen.getByText(/李委员/)).toBeTruthy();
    expect(onSignOut).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: /退出登录/ }));
    await waitFor(() => expect(onSignOut).toHaveBeenCalledTimes(1));
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
  });

  it('says what this device would lose by it [B36]', async () => {
    const [uncast, onSignOut] = [() => Promise.resolve(1), () => Promise.resolve()];
    render(<SignedIn name="李委员" held={{ unsent: 2, unsaved: 1 }} {...{ uncast, onSignOut }} />);
    expect(await screen.findByText(/有 1 张票已经领取但还没有投出.*不能再领/)).toBeTruthy();
    expect(screen.getByText(/还有 2 条没发出/)).toBeTruthy();
    expect(screen.getByText(/还有 1 份文本里您的修改没有保存/)).toBeTruthy();
  });
});
