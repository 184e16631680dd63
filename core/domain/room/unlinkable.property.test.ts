import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { ADMIN, as, AT, participantId, seated, view, viewId } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import type { Command } from './commands.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, rowSeenBy, seenBy, seenLater } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const KEPT = new Set([
  'view:held',
  'view:forgone',
  'view:refused',
  'view:appealed',
  'view:upheld',
  'reports:dismissed',
]);

/** All that a neighbour is sent of a room, live, later, as rows of the record and as a picture. */
function sentOf(room: Room, log: readonly Envelope[]) {
  return AUDIENCES.flatMap((audience) => [
    log.map((envelope) => seenBy(envelope, audience)),
    log.map((envelope) => seenLater(envelope, audience, room)),
    log.map(({ seq, at, by, event }) => {
      const { payload, personal } = splitPersonal(event);
      const salt = personal === null ? null : 'salt';
      const secret = { personal, salt, commitment: null };
      const row = rowSeenBy({ seq, at, by, payload, ...secret, hash: '' }, audience, room);
      return { seq, at, by, event: row.payload, beside: row.personal };
    }),
    [{ event: { type: 'picture' as const }, room: roomSeenBy(room, audience) }],
  ]);
}

describe(`what is kept from the room (seed ${seed})`, () => {
  it('joins no case with a view: its events carry nothing that another event carries too [X2] [X8]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { log, room } = runSteps(script);
        const held = log.flatMap(({ event }) =>
          event.type === 'view:held' && event.held !== null ? [event.held.id] : [],
        );
        const published = new Set<string>([...room.views, ...room.replies].map(({ id }) => id));
        for (const sent of sentOf(room, log))
          for (const one of sent) {
            const words = JSON.stringify(one);
            if (KEPT.has(one.event.type)) expect(words).not.toMatch(/"viewId":"|"id":"|insteadOf/);
            expect(words).not.toContain('onAppeal');
            for (const id of held) if (!published.has(id)) expect(words).not.toContain(id);
          }
      }),
      { seed, numRuns: 40 },
    );
  });

  it('looks the same whichever of two views was refused and won its appeal [X8]', () => {
    const whichever = fc.record({ corrects: fc.boolean(), order: fc.boolean(), decider: fc.boolean() });
    fc.assert(
      fc.property(whichever, ({ corrects, order, decider }) => {
        const play = (refused: 1 | 2) => {
          const t = seated({ open: true });
          const on = <T extends Command['type']>(type: T, n: number) => ({ type, viewId: viewId(n) });
          const author = (n: number) => as(n === 1 ? 3 : 6);
          const judge = decider ? ADMIN : as(0);
          t.must(as(0), {
            type: 'ruleModeration',
            rules: { hold: ['resident', 'stakeholder'], hideAt: null },
          });
          for (const n of [1, 2]) t.must(author(n), { type: 'postView', view: view(n) });
          t.must(as(5), { ...on('refuseView', refused), reason: 'off_topic', why: '与议题无关' });
          if (corrects) {
            const corrected = { ...view(refused + 2), text: '改过' };
            t.must(author(refused), { type: 'postView', view: corrected, insteadOf: viewId(refused) });
            const last = refused === 1 ? viewId(4) : viewId(3);
            t.must(author(3 - refused), { type: 'forgoView', viewId: viewId(3 - refused) });
            t.must(author(3 - refused), {
              type: 'postView',
              view: { ...view(0), id: last, text: '改过' },
            });
            for (const n of order ? [3, 4] : [4, 3]) t.must(judge, on('passView', n));
            return t;
          }
          t.must(author(refused), { ...on('appealView', refused), why: '请再看' });
          for (const n of order ? [1, 2] : [2, 1])
            t.must(judge, n === refused ? { ...on('decideAppeal', n), upheld: null } : on('passView', n));
          t.must(as(0), { type: 'closeSession' });
          return t;
        };
        const [one, two] = [play(1), play(2)];
        expect(sentOf(two.room(), two.log)).toEqual(sentOf(one.room(), one.log));
      }),
      { seed, numRuns: 16 },
    );
  });

  it('of a log from before folds as it was written, and is given without the ids all the same [X2]', () => {
    const t = seated({ open: true });
    const before = t.room();
    const old = [
      {
        by: 'withheld',
        event: {
          type: 'view:held',
          viewId: viewId(1),
          held: { ...view(1), by: participantId(3), itemId: null, questions: [] },
        },
      },
      {
        by: participantId(5),
        event: { type: 'view:refused', viewId: viewId(1), reason: 'insult', why: '言辞' },
      },
      { by: 'withheld', event: { type: 'view:appealed', viewId: viewId(1), kind: 'held', why: '请再看' } },
      {
        by: participantId(0),
        event: {
          type: 'view:passed',
          view: view(1),
          author: participantId(3),
          itemId: null,
          onAppeal: true,
        },
      },
    ].map((one, index) => Envelope.parse({ ...one, seq: before.seq + 1 + index, at: AT }));
    const room = applyAll(before, old);
    expect(room.moderation).toMatchObject({
      counts: { held: 1, passed: 1, appeals: 1, overturned: 1, waiting: 0 },
      secrets: { cases: [], overturned: 0 },
    });
    const whole = [...t.log, ...old];
    expect(applyAll(EMPTY_ROOM, whole)).toEqual(room);
    for (const { event } of old) {
      // Rows of before: the id stands in what is hashed openly, and nothing of it beside.
      const { payload, personal } = splitPersonal(event);
      if (event.type === 'view:refused')
        expect(joinPersonal({ ...payload, viewId: event.viewId } as typeof event, { why: '言辞' })).toEqual(
          event,
        );
      expect(joinPersonal(payload, personal)).toEqual(event);
    }
    for (const envelope of old.slice(0, 3))
      expect(JSON.stringify(seenBy(envelope, 'chair'))).not.toContain(viewId(1));
  });
});
