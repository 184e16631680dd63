import type { AccountRecord } from '../../../core/contract/office.ts';

/** Accounts in which every word of the search occurs, in name, organisation or login; disabled ones come last. */
export function foundAccounts(accounts: readonly AccountRecord[], search: string): AccountRecord[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = accounts.filter(({ name, affiliation, login }) => {
    const words = `${name} ${affiliation} ${login}`.toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
  return [...found.filter(({ isDisabled }) => !isDisabled), ...found.filter(({ isDisabled }) => isDisabled)];
}
