import { describe, expect, it } from 'vitest';
import type { AgendaItemId } from '../../../core/domain/ids.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { nextItem } from './next-item.ts';

const item = (id: string): AgendaItem => ({
  id: id as AgendaItemId,
  title: id,
  kind: 'opening',
  speakerRole: 'any',
  minutes: 1,
  startedAt: null,
  endedAt: null,
});
const agenda = [item('a'), item('b')];

describe('nextItem', () => {
  it('starts with the first item and ends after the last [A1]', () => {
    expect(nextItem({ agenda, currentItemId: null })?.id).toBe('a');
    expect(nextItem({ agenda, currentItemId: agenda[0]?.id ?? null })?.id).toBe('b');
    expect(nextItem({ agenda, currentItemId: agenda[1]?.id ?? null })).toBeNull();
  });
});
