import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScript, runSteps } from '../../testing/arbitrary.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { OutcomeNode } from '../outcome.ts';
import { applyAll } from '../room/apply.ts';
import { EMPTY_ROOM } from '../room/state.ts';
import { beatsOf } from './beats.ts';
import { chaptersOf } from './chapters.ts';
import { EMPTY_REEL, goOn, roomAt } from './reel.ts';
import { piecesFrom, textsOf, type TextFrame } from './text-frames.ts';
import { clockAt, comeBy, timelineOf } from './timeline.ts';

const seed = freshSeed();

const moments = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  .map((some) => [...some].sort((a, b) => a - b));

/** Texts of few different blocks, so that many are equal, moved and doubled. */
const blocks = fc.array(
  fc.integer({ min: 0, max: 5 }).map((n): OutcomeNode => ({
    type: 'paragraph',
    content: n === 0 ? [] : [{ type: 'text', text: '字'.repeat(n) }],
  })),
  { maxLength: 12 },
);

describe(`replay (seed ${seed})`, () => {
  it('shows the room that the log folds to at each event, however it came in and wherever one jumps [RP1]', () => {
    fc.assert(
      fc.property(arbitraryScript, fc.array(fc.nat(), { maxLength: 8 }), fc.nat(), (script, jumps, cut) => {
        const { log } = runSteps(script);
        const at = cut % (log.length + 1);
        const reel = goOn(goOn(EMPTY_REEL, log.slice(0, at)), log.slice(at));
        for (const jump of [...jumps, log.length]) {
          const events = jump % (log.length + 1);
          expect(roomAt(reel, events)).toEqual(applyAll(EMPTY_ROOM, log.slice(0, events)));
        }
        expect(reel.last).toEqual(applyAll(EMPTY_ROOM, log));
        for (const { events, at: said } of chaptersOf(log)) expect(log[events - 1]?.at).toBe(said);
      }),
      { seed, numRuns: 15 },
    );
  });

  it('lies in order on a bar that shortens silences only, and every moment is found where it lies [RP2]', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 50_000 }), (all, quietMs) => {
        const bar = timelineOf(all, quietMs);
        for (const [index, place] of bar.places.entries()) {
          const gap = place - (bar.places[index - 1] ?? 0);
          const silence = (all[index] ?? 0) - (all[index - 1] ?? all[0] ?? 0);
          expect(gap).toBe(Math.min(silence, quietMs));
          expect(comeBy(bar, place)).toBeGreaterThan(index);
          if (gap >= 1) expect(comeBy(bar, place - 0.5)).toBe(index);
          expect(clockAt(bar, place)).toBe(all[comeBy(bar, place) - 1]);
        }
        expect(comeBy(bar, bar.lengthMs)).toBe(all.length);
        expect(clockAt(bar, bar.lengthMs)).toBe(all[all.length - 1]);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('the clock never goes back while it plays [RP2]', () => {
    fc.assert(
      fc.property(moments, fc.array(fc.nat({ max: 1_000 }), { minLength: 2 }), (all, places) => {
        const bar = timelineOf(all, 500);
        const clocks = [...places]
          .sort((a, b) => a - b)
          .map((place) => clockAt(bar, Math.min(place, bar.lengthMs)));
        for (const [index, clock] of clocks.entries())
          expect(clock).toBeGreaterThanOrEqual(clocks[index - 1] ?? 0);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('events and frames come each in their own order, all of them [RP2]', () => {
    fc.assert(
      fc.property(moments, moments, (events, frames) => {
        const beats = beatsOf(events, frames);
        expect(beats.moments).toEqual([...events, ...frames].sort((a, b) => a - b));
        expect(beats.events[beats.events.length - 1]).toBe(events.length);
        expect(beats.frames[beats.frames.length - 1]).toBe(frames.length);
        for (const [index, moment] of beats.moments.entries())
          expect(beats.events[index]).toBeLessThanOrEqual(events.filter((at) => at <= moment).length);
      }),
      { seed, numRuns: 100 },
    );
  });

  it('frames lead from text to text, and to nothing where nothing changed [RP3]', () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 8 }), (texts) => {
        let before: readonly OutcomeNode[] = [];
        const frames: TextFrame[] = [];
        const shown: (readonly OutcomeNode[])[] = [];
        for (const now of texts) {
          const pieces = piecesFrom(before, now);
          expect(pieces === null).toBe(JSON.stringify(before) === JSON.stringify(now));
          if (pieces !== null) {
            frames.push({ seq: frames.length + 1, at: '2026-11-23T08:00:00.000Z', pieces });
            shown.push(now);
          }
          before = now;
        }
        expect(textsOf(frames).map(({ content }) => content)).toEqual(shown);
      }),
      { seed, numRuns: 300 },
    );
  });
});
