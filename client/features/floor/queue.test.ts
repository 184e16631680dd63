import { describe, expect, it } from 'vitest';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import { placeOf } from './queue.ts';

const [a, b] = ['a', 'b'].map((name) => name as ParticipantId);

describe('placeOf', () => {
  it('counts from one and knows who does not wait [F1]', () => {
    const queue = [a, b].flatMap((participantId) =>
      participantId === undefined ? [] : [{ participantId, at: 't' }],
    );
    expect(placeOf(queue, b ?? null)).toBe(2);
    expect(placeOf(queue, null)).toBeNull();
    expect(placeOf([], a ?? null)).toBeNull();
  });
});
