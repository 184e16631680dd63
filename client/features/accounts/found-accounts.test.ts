import { describe, expect, it } from 'vitest';
import type { AccountRecord } from '../../../core/contract/office.ts';
import { personId } from '../../../core/testing/builders.ts';
import { foundAccounts } from './found-accounts.ts';

const account = (n: number, more: Partial<AccountRecord>): AccountRecord => ({
  personId: personId(n),
  name: '某人',
  affiliation: '',
  login: `p${n}`,
  office: null,
  isDisabled: false,
  convenes: [],
  ...more,
});
const all = [
  account(1, { name: '王委员', affiliation: '教育局', isDisabled: true }),
  account(2, { name: '李委员', affiliation: '住建局', login: 'Li.ming' }),
  account(3, { name: '王主任', affiliation: '教育局' }),
];
const logins = (search: string) => foundAccounts(all, search).map(({ login }) => login);

describe('foundAccounts', () => {
  it('finds by name, organisation and login, whatever their case', () => {
    expect(logins('住建')).toEqual(['Li.ming']);
    expect(logins('LI.')).toEqual(['Li.ming']);
    expect(logins(' 教育局  主任 ')).toEqual(['p3']);
    expect(logins('不在')).toEqual([]);
  });

  it('shows everybody without a search, disabled ones last', () => {
    expect(logins('')).toEqual(['Li.ming', 'p3', 'p1']);
  });
});
