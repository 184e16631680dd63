import { canonical } from '../canonical.ts';
import type { PollDraft } from './draft.ts';
import { SECRECIES, SHOWN, type Secrecy, type Shown } from './rules.ts';

/** The switches of a poll that go one way: who knows, only fewer, and when a result is read, only later [B10] [B11]. */
export type OneWay = 'secrecy' | 'shown';
type Switches = { readonly secrecy: Secrecy; readonly shown: Shown };

/** Whether a secrecy would tell more than the one that people were told of [B40]. */
export function isLooserSecrecy(before: Secrecy, after: Secrecy): boolean {
  return SECRECIES.indexOf(after) < SECRECIES.indexOf(before);
}

/** Whether a result would be read sooner than people were told [B40]. */
export function isSooner(before: Shown, after: Shown): boolean {
  return SHOWN.indexOf(after) < SHOWN.indexOf(before);
}

/** Which switch these rules would turn back; null where none [B40]. */
export function looserIn(before: Switches, after: Switches): OneWay | null {
  if (isLooserSecrecy(before.secrecy, after.secrecy)) return 'secrecy';
  return isSooner(before.shown, after.shown) ? 'shown' : null;
}

/**
 * In what a poll that is held again differs from the one that was void; null where it does not. It asks the same by the same
 * rules, only stricter; when it ends and who counts it are its own [B43].
 */
export function otherInRerun(before: PollDraft, after: PollDraft): keyof PollDraft | OneWay | null {
  for (const part of ['question', 'ask', 'about'] as const)
    if (canonical(before[part]) !== canonical(after[part])) return part;
  const looser = looserIn(before.rules, after.rules);
  if (looser !== null) return looser;
  return canonical(fixed(before)) === canonical(fixed(after)) ? null : 'rules';
}

function fixed({ rules }: PollDraft): unknown {
  const { secrecy: _secrecy, shown: _shown, time: _time, tellers: _tellers, ...rest } = rules;
  return rest;
}
