import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { digest } from '../digest.ts';
import type { PollDraft } from './draft.ts';
import { OfferedDraft } from './offered.ts';
import { PollRules, SECRECIES, SHOWN, type Secrecy, type Shown } from './rules.ts';
import { isByHand } from './totals.ts';

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

/** What a poll asked, as a digest, and who was told that they would know and when. */
export const AskedAs = z.strictObject({
  asked: z.string().regex(/^[0-9a-f]{64}$/),
  secrecy: PollRules.shape.secrecy,
  shown: PollRules.shape.shown,
});
export type AskedAs = z.infer<typeof AskedAs>;

/** The same question about the same thing is the same, whatever signs and spaces stand between its words. */
export function askedAs({ question, about, rules: { secrecy, shown } }: PollDraft): AskedAs {
  const plain = question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return { asked: digest(canonical({ question: plain, about })), secrecy, shown };
}

/** Which switch of one of these a poll that asks the same would turn back, under whatever id; null where none [B40]. */
export function looserThanAny(earlier: readonly AskedAs[], draft: PollDraft): OneWay | null {
  const now = askedAs(draft);
  const turned = earlier.filter(({ asked }) => asked === now.asked).map((before) => looserIn(before, now));
  return turned.find((one) => one !== null) ?? null;
}

/**
 * In what a poll that is held again differs from the one that was void; null where it does not. It asks the same by the same
 * rules, only stricter; when it ends and who counts it are its own, and so is a rule that no draft is given any more [B43].
 */
export function otherInRerun(before: PollDraft, after: PollDraft): keyof PollDraft | OneWay | null {
  for (const part of ['question', 'ask', 'about'] as const)
    if (canonical(before[part]) !== canonical(after[part])) return part;
  const looser = looserIn(before.rules, after.rules);
  if (looser !== null) return looser;
  const free = new Set<string>(['secrecy', 'shown', 'time', 'tellers', ...unheld(before)]);
  const isSame = isByHand(before) === isByHand(after);
  return isSame && canonical(fixed(before, free)) === canonical(fixed(after, free)) ? null : 'rules';
}

/** The rules of an older draft that are refused today, by name: whoever holds it again has to change them. */
export function unheld(draft: PollDraft): readonly string[] {
  const today = OfferedDraft.safeParse(draft);
  if (today.success) return [];
  const names = today.error.issues.flatMap(({ path: [part, name] }) =>
    part === 'rules' ? [String(name)] : [],
  );
  return [...new Set(names)];
}

function fixed({ rules }: PollDraft, free: ReadonlySet<string>): unknown {
  return Object.fromEntries(Object.entries(rules).filter(([name]) => !free.has(name)));
}
