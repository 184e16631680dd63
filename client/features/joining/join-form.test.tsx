// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinkPreview } from '../../../core/contract/accounts.ts';
import { RETENTION } from '../../../core/contract/limits.ts';
import { uuid } from '../../../core/testing/builders.ts';
import { ApiError } from '../../lib/errors.ts';
import { loadTexts } from '../../lib/i18n.ts';
import { JoinForm } from './join-form.tsx';

const preview = (over: Partial<LinkPreview> = {}) =>
  LinkPreview.parse({
    sessionId: uuid('sess', 1),
    title: '实验小学周边上下学时段交通秩序',
    orgName: '政协云川县委员会',
    studioName: '',
    mode: 'hybrid',
    state: 'scheduled',
    startsAt: null,
    role: 'resident',
    venues: [
      { id: 'main', name: '主会场' },
      { id: 'mobile', name: '手机连线' },
    ],
    venueId: 'main',
    shown: 'name',
    retentionDays: RETENTION.guestDays,
    retentionDaysConfirming: RETENTION.guestDaysConfirming,
    seat: null,
    signedInAs: null,
    ...over,
  });
const join = () => screen.getByRole('button', { name: '参与协商' });

beforeAll(() => loadTexts(['join']));
afterEach(cleanup);

describe('JoinForm', () => {
  it('asks one field, which may stay empty, and one press', async () => {
    const onJoin = vi.fn(async () => undefined);
    render(<JoinForm preview={preview()} onJoin={onJoin} />);
    expect(screen.getAllByRole('textbox')).toHaveLength(1);
    expect(screen.queryAllByRole('radio')).toHaveLength(0);
    fireEvent.click(join());
    await waitFor(() => expect(onJoin).toHaveBeenCalledWith({ name: '', venueId: 'main' }));
  });

  it('says the purpose and the retention before the press, in one sentence [E1]', () => {
    render(<JoinForm preview={preview()} onJoin={async () => undefined} />);
    const consent = screen.getByText(/即同意/);
    expect(consent.textContent).toContain('7 天后删除');
    expect(consent.textContent).toContain('最迟不超过会后 30 天');
    expect(consent.textContent?.match(/。/g)).toHaveLength(1);
  });

  it('asks for the real name as well where names are not shown, and says who may look at it [U1] [U3]', async () => {
    const onJoin = vi.fn(async () => undefined);
    render(<JoinForm preview={preview({ shown: 'address' })} onJoin={onJoin} />);
    expect(screen.getByText(/召集人、主持人、记录员、工作人员和机关工作人员在说明用途后查看/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/真实姓名/), { target: { value: ' 赵小燕 ' } });
    fireEvent.click(join());
    await waitFor(() =>
      expect(onJoin).toHaveBeenCalledWith({ name: '', realName: '赵小燕', venueId: 'main' }),
    );
  });

  it('asks for the venue only when the link leaves it open', async () => {
    const onJoin = vi.fn(async () => undefined);
    render(<JoinForm preview={preview({ venueId: null })} onJoin={onJoin} />);
    fireEvent.click(screen.getByRole('radio', { name: '手机连线' }));
    fireEvent.click(join());
    await waitFor(() => expect(onJoin).toHaveBeenCalledWith({ name: '', venueId: 'mobile' }));
  });

  it('ties what is wrong with a name to its field, and does not send it', () => {
    const onJoin = vi.fn(async () => undefined);
    render(<JoinForm preview={preview()} onJoin={onJoin} />);
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: '长'.repeat(41) } });
    fireEvent.click(join());
    const told = (field.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(told.join(' ')).toContain('称呼最多 40 个字');
    expect(onJoin).not.toHaveBeenCalled();
  });

  it('keeps what was filled in when the line is away, and says so', async () => {
    render(<JoinForm preview={preview()} onJoin={() => Promise.reject(new ApiError('OFFLINE'))} />);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '家长代表' } });
    fireEvent.click(join());
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('家长代表');
  });

  it('joins once however often it is pressed', async () => {
    const onJoin = vi.fn(() => new Promise<void>(() => undefined));
    render(<JoinForm preview={preview()} onJoin={onJoin} />);
    for (let press = 0; press < 5; press += 1) fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true'));
    expect(onJoin).toHaveBeenCalledTimes(1);
  });
});
