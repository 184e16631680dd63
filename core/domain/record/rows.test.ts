import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScript, runSteps } from '../../testing/arbitrary.ts';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { arbitraryPollScript } from '../../testing/arbitrary-poll-life.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { OutcomeNode } from '../outcome.ts';
import { applyAll } from '../room/apply.ts';
import { seenLater } from '../room/seen-by.ts';
import { EMPTY_ROOM } from '../room/state.ts';
import { blocksOf } from './blocks.ts';
import { recordRows } from './rows.ts';

const seed = freshSeed();
const NO_TEXT: OutcomeNode = { type: 'doc' };
const scripts = fc.oneof(
  { weight: 3, arbitrary: arbitraryScript },
  { weight: 2, arbitrary: arbitraryPollScript },
);

describe(`rows of a record (seed ${seed})`, () => {
  it('hold what everybody who reads the log is told, and nothing that is the chair’s alone [AR1] [L6]', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { log, room } = runSteps(script);
        const told = applyAll(
          EMPTY_ROOM,
          log.map((envelope) => seenLater(envelope, 'room', room)),
        );
        expect([...recordRows(told, NO_TEXT)]).toEqual([...recordRows(room, NO_TEXT)]);
      }),
      { seed, numRuns: 60 },
    );
  });

  it('hold no words that were withdrawn or hidden, or never published [AR1] [V9] [X2] [X5]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { room } = runSteps(script);
        const rows = [...recordRows(room, NO_TEXT)];
        const published = new Set<string>(room.views.map(({ id }) => id));
        for (const { kind, ref, words } of rows) {
          if (kind !== 'view') continue;
          const view = room.views.find(({ id }) => id === ref);
          expect(published.has(ref)).toBe(true);
          if (view?.withdrawnAt !== undefined || view?.hidden !== undefined) expect(words).toBe('');
        }
        expect(rows.filter(({ kind }) => kind === 'moderation')).toHaveLength(1);
      }),
      { seed, numRuns: 40 },
    );
  });

  it('count each thing once, in the order of the record, and polls with their sentence [AR1] [B12]', () => {
    fc.assert(
      fc.property(arbitraryPollScript, (script) => {
        const { room } = runSteps(script);
        const rows = [...recordRows(room, NO_TEXT)];
        expect(rows.map(({ no }) => no)).toEqual(rows.map((_, index) => index));
        const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
        expect([count('person'), count('view'), count('poll'), count('task')]).toEqual([
          Object.keys(room.participants).length,
          room.views.length,
          room.polls.length,
          room.tasks.length,
        ]);
        for (const { kind, facts } of rows) {
          if (kind !== 'poll') continue;
          const isTold = facts['result'] !== null;
          expect((facts['sentences'] as unknown[]).length > 0).toBe(isTold);
        }
      }),
      { seed, numRuns: 40 },
    );
  });
});

describe('blocksOf', () => {
  it('tells the paragraphs of a text with what each rests on, counted as sentences count them [AR1] [O6]', () => {
    const id = '11111111-0000-4000-8000-000000000001';
    const citation = {
      type: 'citation' as const,
      attrs: { kind: 'view' as const, id, own: '11111111-0000-4000-8000-000000000002' as never },
    };
    const words = (text: string): OutcomeNode => ({ type: 'text', text });
    const text: OutcomeNode = {
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [words('形成的共识')] },
        {
          type: 'bulletList',
          content: [
            {
              type: 'listItem',
              content: [
                {
                  type: 'paragraph',
                  content: [words('设护学岗。'), { type: 'text', text: '\u2005', marks: [citation] }],
                },
              ],
            },
          ],
        },
        { type: 'paragraph' },
      ],
    };
    expect(blocksOf(text)).toMatchObject([
      { number: 0, words: '形成的共识', citations: [] },
      {
        number: 1,
        words: '设护学岗。',
        heading: '形成的共识',
        isConsensus: true,
        citations: [{ kind: 'view', id }],
      },
      { number: 2, words: '' },
    ]);
  });
});
