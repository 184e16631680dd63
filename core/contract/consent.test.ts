import { describe, expect, it } from 'vitest';
import { Me } from './accounts.ts';
import { RETENTION } from './limits.ts';
import { as, participant, participantId, personId, seated, ADMIN } from '../testing/builders.ts';
import {
  CONSENT_TERMS,
  CONSENT_VERSIONS,
  CURRENT_CONSENT,
  letsLook,
  type Consent,
} from '../domain/consent.ts';
import { LOOKERS } from '../domain/names.ts';
import { guardAgreed } from '../domain/room/naming.ts';

describe('what a guest agreed to', () => {
  it('is now what the page says: who may look, and how long names are kept [U4] [E1]', () => {
    expect(CURRENT_CONSENT).toBe(Math.max(...CONSENT_VERSIONS));
    const { lookers, ...days } = CONSENT_TERMS[CURRENT_CONSENT];
    expect(lookers).toEqual(LOOKERS);
    expect(days).toMatchObject({
      guestDays: RETENTION.guestDays,
      guestDaysConfirming: RETENTION.guestDaysConfirming,
      guestDaysVoting: RETENTION.guestDaysVoting,
    });
  });

  it('holds for whoever agreed to an earlier version: no name is kept longer than any of them promised [U4] [E1]', () => {
    for (const version of CONSENT_VERSIONS) {
      expect(RETENTION.guestDays).toBeLessThanOrEqual(CONSENT_TERMS[version].guestDays);
      expect(RETENTION.guestDaysConfirming).toBeLessThanOrEqual(CONSENT_TERMS[version].guestDaysConfirming);
    }
  });

  it('is not told by a process of before it was kept, and a page of now goes on with what that tells [U4]', () => {
    const before = {
      personId: personId(1),
      name: '委员',
      affiliation: '',
      office: null,
      isGuest: false,
      convenes: [],
      guestOf: null,
    };
    expect(Me.safeParse(before).success).toBe(true);
    expect(Me.safeParse({ ...before, consent: null }).success).toBe(true);
  });

  it('names who may look, whatever the table of rights says later; accounts are not asked by a page [U4]', () => {
    const t = seated({ open: true });
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: { ...participant(21, 'resident', true), name: '家长代表' },
      personId: personId(21),
    });
    const consent: Consent = { version: 1, locale: 'en', shown: 'address', at: '2026-11-23T03:00:00.000Z' };
    const guest = participantId(21);
    for (const agreed of [consent, null]) {
      for (const who of [as(0), as(5), ADMIN])
        expect(guardAgreed(t.room(), who, { id: guest, consent: agreed }).ok).toBe(true);
      // As if the table let a member look one day.
      expect(guardAgreed(t.room(), as(1), { id: guest, consent: agreed })).toMatchObject({
        error: { reason: 'CONSENT_NAMES_OTHERS' },
      });
    }
    expect(guardAgreed(t.room(), as(1), { id: participantId(3), consent: null }).ok).toBe(true);
    expect([letsLook(null, 'office'), letsLook(consent, 'observer')]).toEqual([true, false]);
  });
});
