import { z } from 'zod';
import { Instant } from './ids.ts';
import type { Role } from './people.ts';

// What whoever comes in by a link agrees to. The words of each version stand with the texts of the interface, under its
// number, and never change any more: other words, or wider terms, are another version [U4].

export const CONSENT_VERSIONS = [1, 2] as const;
export const ConsentVersion = z.literal(CONSENT_VERSIONS);
export type ConsentVersion = z.infer<typeof ConsentVersion>;

/** What the words of a version promise. */
export type ConsentTerms = {
  /** Who of the session may look at a real name; the office of the organisation is named beside them, or not. */
  readonly lookers: readonly Role[];
  readonly office: boolean;
  /** Days after the end when name and sign-in are deleted, at most; where a text is confirmed, after the meeting. */
  readonly guestDays: number;
  readonly guestDaysConfirming: number;
  /** Days after the meeting, at most, while a poll goes on over days. */
  readonly guestDaysVoting: number;
};

export const CONSENT_TERMS: Readonly<Record<ConsentVersion, ConsentTerms>> = {
  1: {
    lookers: ['convener', 'host', 'recorder', 'staff'],
    office: true,
    guestDays: 7,
    guestDaysConfirming: 30,
    guestDaysVoting: 30,
  },
  2: {
    lookers: ['convener', 'host', 'recorder', 'staff'],
    office: true,
    guestDays: 7,
    guestDaysConfirming: 30,
    guestDaysVoting: 60,
  },
};

/** What the join page shows now. */
export const CURRENT_CONSENT: ConsentVersion = 2;

/** What somebody agreed to, and when: it lies with the person, in no log, and goes with their name [E1]. */
export const Consent = z.strictObject({
  version: ConsentVersion,
  /** The language that they read it in; null where their page did not say. */
  locale: z.string().max(20).nullable(),
  /**
   * How their page said that people are shown, null where it did not say; whoever reads real names is told of only where
   * it is by a form of address.
   */
  shown: z.enum(['name', 'address']).nullable(),
  at: Instant,
});
export type Consent = z.infer<typeof Consent>;

/**
 * Whether the words that somebody agreed to name whoever wants to look at their real name. Who came before versions
 * were kept, null, read the first or narrower ones.
 */
export function letsLook(consent: Pick<Consent, 'version'> | null, looker: Role | 'office'): boolean {
  const { lookers, office } = CONSENT_TERMS[consent?.version ?? CONSENT_VERSIONS[0]];
  return looker === 'office' ? office : lookers.includes(looker);
}
