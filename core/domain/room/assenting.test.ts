import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAmendingScript } from '../../testing/arbitrary-amending.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, participantId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { LIMITS } from '../limits.ts';
import { assentsOf, guardAssent, standingOfParagraph } from './assenting.ts';

const seed = freshSeed();
const SHA = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const give = (sha256 = SHA) =>
  ({ type: 'giveAssent', assent: { sha256, place: { from: 'AAA', to: 'AAB' } } }) as const;
const withdraw = (sha256 = SHA) => ({ type: 'withdrawAssent', sha256 }) as const;
const refusal = (reason: string) => ({ error: { reason } });

/** A meeting to which the convener, a member, a department and a resident have come. */
function stage() {
  const t = seated({ open: true });
  for (const n of [1, 2, 3]) t.must(as(n), { type: 'enterRoom' });
  return t;
}

describe('agreeing with a paragraph', () => {
  it('is for whoever takes sides, but the chair, once for the same words, while the text is written [O16]', () => {
    const t = stage();
    expect(t.ask(as(0), give())).toMatchObject(refusal('CHAIR_STAYS_NEUTRAL'));
    for (const n of [4, 5]) expect(t.ask(as(n), give())).toMatchObject(refusal('ROLE_MAY_NOT'));
    for (const n of [1, 2]) t.must(as(n), give());
    expect(t.ask(as(1), give())).toMatchObject(refusal('ASSENTED_ALREADY'));
    expect(t.ask(as(3), withdraw())).toMatchObject(refusal('ASSENT_UNKNOWN'));
    t.must(as(1), withdraw());
    t.must(as(1), give(OTHER));
    expect(assentsOf(t.room()).map(({ sha256, by }) => [sha256, by])).toEqual([
      [SHA, [participantId(2)]],
      [OTHER, [participantId(1)]],
    ]);
    t.must(as(0), { type: 'silenceAll' });
    expect(t.ask(as(3), give())).toMatchObject(refusal('ALL_SILENT'));
    t.must(as(0), { type: 'liftSilence' });
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(3), give());
    t.must(as(5), { type: 'settleText', why: '理由' });
    for (const asked of [give(OTHER), withdraw()])
      expect(t.ask(as(3), asked)).toMatchObject(refusal('SESSION_NOT_OPEN'));
  });

  it('lights up when all who are present do, by role, and of other words says nothing [O16]', () => {
    const t = stage();
    expect(standingOfParagraph(t.room(), SHA)).toEqual({
      light: 'none',
      roles: [
        { role: 'member', agreed: 0, all: 1 },
        { role: 'department', agreed: 0, all: 1 },
        { role: 'resident', agreed: 0, all: 1 },
      ],
    });
    for (const n of [1, 2]) t.must(as(n), give());
    expect(standingOfParagraph(t.room(), SHA).light).toBe('some');
    t.must(as(3), give());
    expect(standingOfParagraph(t.room(), SHA).light).toBe('all');
    expect(standingOfParagraph(t.room(), OTHER).light).toBe('none');
    t.must(as(3), withdraw());
    expect(standingOfParagraph(t.room(), SHA).roles[2]).toEqual({ role: 'resident', agreed: 0, all: 1 });
  });

  it('is bounded for each person, as the button says [O16]', () => {
    const t = stage();
    for (let n = 0; n < LIMITS.assents.each; n += 1) t.must(as(3), give(n.toString(16).padStart(64, '0')));
    expect(guardAssent(t.room(), as(3), SHA)).toMatchObject(refusal('SESSION_FULL'));
    expect(t.ask(as(3), give())).toMatchObject(refusal('SESSION_FULL'));
    t.must(as(2), give());
  });

  it('counts nobody twice, whatever happens [O16]', () => {
    fc.assert(
      fc.property(arbitraryAmendingScript, (script) => {
        const { room } = runSteps(script);
        for (const { sha256, by } of assentsOf(room)) {
          expect(new Set(by).size).toBe(by.length);
          for (const { agreed, all } of standingOfParagraph(room, sha256).roles)
            expect(agreed).toBeLessThanOrEqual(all);
        }
      }),
      { seed, numRuns: 40 },
    );
  });
});
