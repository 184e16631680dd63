import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSteps } from '../../testing/arbitrary.ts';
import { arbitraryQuestionScript } from '../../testing/arbitrary-questions.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import { trimmed } from './earlier.ts';
import { holderOf, isWaiting, questionsOf } from './questions.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const seed = freshSeed();
// Each run looks at every question after every step.
const options = { seed, numRuns: 50 };

describe(`questions under random commands (seed ${seed})`, () => {
  it('are always in exactly one state, never lost, in bounded hands, and settled once [D4] [D6] [D8]', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(arbitraryQuestionScript, (script) => {
        runSteps(script, (before, after) => {
          const old = new Map(questionsOf(before).map((question) => [question.id, question]));
          for (const question of questionsOf(after)) {
            reached.add(question.state.phase);
            const { hands, state } = question;
            const last = hands[hands.length - 1];
            if (isWaiting(question)) expect(last?.to === null).toBe(state.phase === 'passed');
            expect(holderOf(after, question) !== null).toBe(state.phase === 'open');
            expect(hands.length).toBeLessThanOrEqual(LIMITS.handsPerQuestion);
            const passes = hands.filter(({ how, to }) => how === 'passed' && to !== null);
            expect(passes.length).toBeLessThanOrEqual(LIMITS.passesPerQuestion);
            const known = old.get(question.id);
            if (known !== undefined) {
              expect(hands.slice(0, known.hands.length)).toEqual(known.hands);
              if (!isWaiting(known)) expect(question).toEqual(known);
            }
            old.delete(question.id);
          }
          // None is lost.
          expect([...old.keys()]).toEqual([]);
          // A department is asked once about a view at a time.
          const open = questionsOf(after).filter(({ state }) => state.phase === 'open');
          const places = open.map((question) => `${question.viewId}/${holderOf(after, question)}`);
          expect(new Set(places).size).toBe(places.length);
          if (after.state === 'archived' && questionsOf(after).some(isWaiting))
            expect(after.waiver?.why).toBe('时间已到');
        });
      }),
      options,
    );
    expect([...reached].sort()).toEqual(['answered', 'open', 'passed', 'taken', 'withdrawn']);
  });

  it('fold for every reader, whole or trimmed, and without the words of departments [L4] [L5] [L6] [R1]', () => {
    fc.assert(
      fc.property(arbitraryQuestionScript, (script) => {
        const { log, room } = runSteps(script);
        const read = log.map((envelope) => Envelope.parse(JSON.parse(JSON.stringify(envelope))));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
        for (const audience of AUDIENCES)
          expect(
            applyAll(
              EMPTY_ROOM,
              log.map((one) => seenBy(one, audience)),
            ),
          ).toEqual(roomSeenBy(room));
        const half = Math.floor(log.length / 2);
        const late = trimmed(applyAll(EMPTY_ROOM, log.slice(0, half)), { said: 1, roll: 0 });
        expect(applyAll(late, log.slice(half)).questions).toEqual(room.questions);
        const erased = log.map((one) => {
          const { payload, personal } = splitPersonal(one.event);
          expect(joinPersonal(payload, personal)).toEqual(one.event);
          return Envelope.parse({ ...one, event: joinPersonal(payload, null) });
        });
        const silent = applyAll(EMPTY_ROOM, erased);
        expect(questionsOf(silent).map(({ id, state }) => [id, state.phase])).toEqual(
          questionsOf(room).map(({ id, state }) => [id, state.phase]),
        );
        expect(JSON.stringify(silent)).not.toMatch(/带回研究|不属本单位|省公路局|时间已到/);
      }),
      options,
    );
  });
});
