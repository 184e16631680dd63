// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTexts } from '../../lib/i18n.ts';
import { CreateAccount } from './create-account.tsx';

type Sent = { personId: string; login: string; password: string };
let sent: Sent[];

beforeAll(() => loadTexts(['accounts']));
beforeEach(() => {
  sent = [];
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () => {
  const onMade = vi.fn();
  render(<CreateAccount onMade={onMade} onClose={() => undefined} />);
  return onMade;
};
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const fill = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const press = () => fireEvent.click(screen.getByRole('button', { name: '创建账号' }));
const answer = (refusals: readonly string[]) => {
  const left = [...refusals];
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    const asked: Sent = JSON.parse(body);
    sent.push(asked);
    const reason = left.shift();
    if (reason !== undefined)
      return Response.json(
        { code: 'CONFLICT', reason, message: '', details: {}, requestId: 'r' },
        { status: 409 },
      );
    const { password: _, ...account } = asked;
    return Response.json(account);
  });
};

describe('CreateAccount', () => {
  it('ties what is wrong to its field, and takes the focus to the first', async () => {
    answer([]);
    show();
    fill('账号', 'Wáng');
    press();
    await waitFor(() => expect(document.activeElement).toBe(field('姓名')));
    const told = (name: string) =>
      (field(name).getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join();
    expect(told('姓名')).toContain('请填写姓名');
    expect(told('账号')).toContain('小写字母');
    expect(sent).toEqual([]);
  });

  it('shows the password that was sent, once, and asks for no second account after a refusal', async () => {
    answer(['LOGIN_TAKEN']);
    const onMade = show();
    fill('姓名', '王敏');
    fill('账号', 'Wang.Min');
    press();
    expect((await screen.findByRole('alert')).textContent).toContain('已被使用');
    fill('账号', 'wang.min2');
    press();
    const shown = await screen.findByLabelText<HTMLInputElement>('密码');
    expect(onMade).toHaveBeenCalledTimes(1);
    expect(sent.map(({ login }) => login)).toEqual(['wang.min', 'wang.min2']);
    expect(new Set(sent.map(({ personId }) => personId)).size).toBe(1);
    expect(shown.value).toBe(sent[1]?.password);
    expect(shown.value).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  });
});
