// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { uuid } from '../../../core/testing/builders.ts';
import { loadTexts } from '../../lib/i18n.ts';
import { currentMe } from '../../lib/me.ts';
import { SignInForm } from './sign-in-form.tsx';

const fill = (login: string, password: string) => {
  fireEvent.change(screen.getByLabelText('账号'), { target: { value: login } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
};
const answer = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async () => Response.json(body, { status }));

beforeAll(() => loadTexts([]));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('SignInForm', () => {
  it('tells password managers what is what, and lets people paste', () => {
    render(<SignInForm onSignedIn={() => undefined} />);
    expect(screen.getByLabelText('账号').getAttribute('autocomplete')).toBe('username');
    const password = screen.getByLabelText('密码');
    expect(password.getAttribute('autocomplete')).toBe('current-password');
    expect(fireEvent.paste(password)).toBe(true);
  });

  it('ties a missing field to its message and takes the focus there', () => {
    render(<SignInForm onSignedIn={() => undefined} />);
    fill('member1', '');
    const password = screen.getByLabelText('密码');
    expect(document.activeElement).toBe(password);
    expect(document.getElementById(password.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      '请输入密码',
    );
  });

  it('says in plain words that the password was wrong, and keeps the login', async () => {
    answer(401, {
      code: 'UNAUTHENTICATED',
      reason: 'SIGN_IN_WRONG',
      message: '',
      details: {},
      requestId: 'r',
    });
    render(<SignInForm onSignedIn={() => undefined} />);
    fill('member1', 'wrong');
    expect((await screen.findByRole('alert')).textContent).toContain('账号或密码不正确');
    expect(screen.getByLabelText<HTMLInputElement>('账号').value).toBe('member1');
  });

  it('knows who is signed in once the server says so', async () => {
    const me = {
      personId: uuid('pers', 1),
      name: '委员B',
      affiliation: '',
      office: null,
      isGuest: false,
      convenes: [],
      guestOf: null,
      consent: null,
    };
    answer(200, me);
    const onSignedIn = vi.fn();
    render(<SignInForm onSignedIn={onSignedIn} />);
    fill('member1', 'a long password');
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledTimes(1));
    expect(currentMe()).toMatchObject({ kind: 'person', me: { name: '委员B' } });
  });
});
