// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Account } from '../../../core/contract/sessions.ts';
import { uuid } from '../../../core/testing/builders.ts';
import { loadTexts } from '../../lib/i18n.ts';
import { PeoplePicker } from './people-picker.tsx';

const account = (number: number, name: string, login: string) =>
  Account.parse({ personId: uuid('pers', number), name, affiliation: '县政协办公室', login });
const accounts = [
  account(1, '记录员', 'office-a'),
  account(2, '记录员', 'office-b'),
  account(3, '秘书', 'office-c'),
];

beforeAll(() => loadTexts(['home', 'words']));
afterEach(cleanup);

describe('PeoplePicker', () => {
  it('tells two of one name in one unit apart by their accounts, and nobody else', () => {
    const onPick = vi.fn();
    render(<PeoplePicker accounts={accounts} picked={new Map()} onPick={onPick} />);
    expect(screen.queryByText('office-c')).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: /office-b/ }));
    expect(onPick).toHaveBeenCalledWith(new Map([[accounts[1]?.personId, 'member']]));
  });
});
