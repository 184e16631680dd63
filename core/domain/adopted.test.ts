import { describe, expect, it } from 'vitest';
import { citation, cited, heading, paragraph, run, textOf } from '../testing/cited-texts.ts';
import { AT, participantId, viewId } from '../testing/builders.ts';
import { adoptedOf } from './adopted.ts';
import { readCitations } from './citing.ts';
import { EMPTY_ROOM, type Room } from './room/state.ts';
import type { View } from './views.ts';

const said = (n: number, by: number, over: Partial<View> = {}): View => ({
  id: viewId(n),
  stance: 'info',
  text: '主干道上不宜设岗',
  replyTo: null,
  seq: n,
  by: participantId(by),
  at: AT,
  itemId: null,
  ...over,
});
const reading = readCitations(
  textOf(
    heading('形成的共识'),
    paragraph(run('增设护学岗。'), cited(citation(1)), run('错峰放学。'), cited(citation(1)), run('再议。')),
    paragraph(run('费用另议。'), cited(citation(3))),
  ),
);
const room: Room = { ...EMPTY_ROOM, views: [said(1, 1), said(2, 2), said(3, 3)] };
const numbersOf = (asked: Room, by: number) =>
  adoptedOf(asked, reading, participantId(by)).map(({ key, sentences }) => [
    key,
    sentences.map(({ number }) => number),
  ]);

describe('adoptedOf', () => {
  it('names the sentences that rest on what somebody said, and nothing of others [O18]', () => {
    expect(numbersOf(room, 1)).toEqual([[`view ${viewId(1)}`, [1, 2]]]);
    expect(numbersOf(room, 2)).toEqual([]);
    expect(numbersOf(room, 3)).toEqual([[`view ${viewId(3)}`, [4]]]);
  });

  it('reaches whose view is read under a cited one, as long as it is [O18]', () => {
    const step = { lead: viewId(1), others: [viewId(2)], by: participantId(9), at: AT };
    const merged: Room = { ...room, merges: [{ ...step, what: 'merged' }] };
    expect(numbersOf(merged, 2)).toEqual([[`view ${viewId(2)}`, [1, 2]]]);
    const split: Room = { ...room, merges: [...(merged.merges ?? []), { ...step, what: 'split' }] };
    expect(numbersOf(split, 2)).toEqual([]);
  });

  it('says nothing of what was withdrawn [O18]', () => {
    expect(numbersOf({ ...room, views: [said(1, 1, { withdrawnAt: AT })] }, 1)).toEqual([]);
  });
});
