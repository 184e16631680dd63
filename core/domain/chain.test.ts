import { describe, expect, it } from 'vitest';
import { AT, plan } from '../testing/builders.ts';
import { LogRow, verifyChain } from './chain.ts';
import { genesis, linkHash } from './linking.ts';
import { SessionPlan } from './sessions.ts';

describe('LogRow', () => {
  it('is read to the letter, so that a log from before a rule of tidiness still verifies [L2]', () => {
    const title = '护学岗　怎么设\u{e0100}';
    expect(SessionPlan.shape.title.parse(title)).not.toBe(title);
    const event = { type: 'session:planned', plan: { ...plan(), title } } as const;
    const row = { seq: 1, at: AT, by: 'office', payload: event, commitment: null } as const;
    const { id } = event.plan;
    const hash = linkHash(genesis(id), row);
    const read = LogRow.parse(JSON.parse(JSON.stringify({ ...row, personal: null, salt: null, hash })));
    expect(verifyChain(id, [read], hash).valid).toBe(true);
    expect(LogRow.safeParse({ ...read, payload: { type: 'session:planned' } }).success).toBe(false);
  });
});
