import { describe, expect, it } from 'vitest';
import { picture } from '../../../core/testing/arbitrary-materials.ts';
import type { Letter } from '../../lib/letters.ts';
import { EMPTY_DRAFT } from './draft.ts';
import { pendingSaid, takenBack, wouldOverwrite } from './pending.ts';

const id = '00000000-0000-4000-8000-000000000001';
const letter = (over: Partial<Letter>): Letter => ({
  key: 'k',
  order: 1,
  door: 'postView',
  params: {},
  state: { kind: 'waiting' },
  isKept: true,
  body: { id, stance: 'info', text: '说明', replyTo: null },
  ...over,
});

const room = (...shown: string[]) => ({ seq: 8, has: (id: string) => shown.includes(id) });

describe('pendingSaid', () => {
  it('shows words until the room has them, also between sent and seen', () => {
    const sent = letter({ state: { kind: 'sent', seq: 9 } });
    expect(pendingSaid([sent], room())).toHaveLength(1);
    expect(pendingSaid([sent], room(id))).toEqual([]);
  });

  it('takes words for seen when the room has come past them and does not hold them any more [R1]', () => {
    const sent = letter({ state: { kind: 'sent', seq: 8 } });
    expect(pendingSaid([sent], room())).toEqual([]);
  });

  it('leaves out letters that carry no words, and what cannot be read', () => {
    const letters = [letter({ door: 'castBallot' }), letter({ body: null }), letter({ door: 'postReply' })];
    expect(pendingSaid(letters, room())).toEqual([]);
  });
});

describe('takenBack', () => {
  const [said] = pendingSaid([letter({})], room());
  if (said === undefined) throw new Error('nothing is pending');

  it('puts a refused view back into the composer and leaves the reply alone', () => {
    const draft = { ...EMPTY_DRAFT, replyText: '正在写的回应' };
    expect(takenBack(draft, said)).toMatchObject({ mode: 'view', text: '说明', replyText: '正在写的回应' });
  });

  it('would overwrite only words of the same kind that are being typed', () => {
    expect(wouldOverwrite(EMPTY_DRAFT, said)).toBe(false);
    expect(wouldOverwrite({ ...EMPTY_DRAFT, text: '  ', replyText: '别的' }, said)).toBe(false);
    expect(wouldOverwrite({ ...EMPTY_DRAFT, text: '正在写的话' }, said)).toBe(true);
    expect(wouldOverwrite({ ...EMPTY_DRAFT, pictures: [picture(1)] }, said)).toBe(true);
    expect(wouldOverwrite({ ...EMPTY_DRAFT, place: '北门' }, said)).toBe(true);
  });
});
