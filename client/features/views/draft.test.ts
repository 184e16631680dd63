import { describe, expect, it } from 'vitest';
import { ViewId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { picture } from '../../../core/testing/arbitrary-materials.ts';
import {
  coherent,
  EMPTY_DRAFT,
  isNearLimit,
  isWorthKeeping,
  missingOfReply,
  missingOfView,
  readDraft,
  roomLeft,
  toggleAnswered,
  wordsOf,
} from './draft.ts';
import { afterSending } from './use-draft.ts';

const idOf = (n: number) => ViewId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

describe('readDraft', () => {
  it('brings back what was kept', () => {
    const draft = { ...EMPTY_DRAFT, stance: 'oppose' as const, text: '等一等', replyTo: idOf(1) };
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, '', '{', '[]', '{"stance":"shout"}', 'null'])('starts empty from %j', (kept) => {
    expect(readDraft(kept)).toEqual(EMPTY_DRAFT);
  });
});

describe('coherent', () => {
  it('lets go of the refused view when its words were taken out [X4]', () => {
    const draft = { ...EMPTY_DRAFT, text: '改过的话', insteadOf: idOf(1) };
    expect(coherent(draft)).toBe(draft);
    expect(coherent({ ...draft, text: ' ' }).insteadOf).toBeNull();
    // Its pictures can be sent in its place only.
    const withPicture = { ...draft, text: '', pictures: [picture(1)] };
    expect(coherent(withPicture)).toBe(withPicture);
  });
});

describe('missingOfView', () => {
  it('asks for the stance first, then the words [V1]', () => {
    expect(missingOfView(EMPTY_DRAFT)).toBe('stance');
    expect(missingOfView({ ...EMPTY_DRAFT, stance: 'info' })).toBe('text');
    expect(missingOfView({ ...EMPTY_DRAFT, stance: 'info', text: '字'.repeat(LIMITS.viewLength + 1) })).toBe(
      'tooLong',
    );
    expect(missingOfView({ ...EMPTY_DRAFT, stance: 'info', text: 'a\u202eb' })).toBe('characters');
    expect(missingOfView({ ...EMPTY_DRAFT, stance: 'info', text: ' ok ' })).toBeNull();
  });
});

describe('missingOfReply', () => {
  it('asks for views, then the commitment, then the words [D1]', () => {
    expect(missingOfReply(EMPTY_DRAFT)).toBe('views');
    const chosen = toggleAnswered(EMPTY_DRAFT, idOf(1));
    expect(missingOfReply(chosen)).toBe('commitment');
    expect(missingOfReply({ ...chosen, commitment: 'can_do' })).toBe('text');
    expect(missingOfReply({ ...chosen, commitment: 'can_do', replyText: '十五日内办结' })).toBeNull();
  });
});

describe('toggleAnswered', () => {
  it('takes a view in and out again, and stops at the limit [D1]', () => {
    const one = toggleAnswered(EMPTY_DRAFT, idOf(1));
    expect(one).toMatchObject({ mode: 'reply', toViews: [idOf(1)] });
    expect(toggleAnswered(one, idOf(1)).toViews).toEqual([]);
    const full = Array.from({ length: LIMITS.viewsPerReply }, (_, n) => idOf(n)).reduce(
      toggleAnswered,
      EMPTY_DRAFT,
    );
    expect(toggleAnswered(full, idOf(99)).toViews).toHaveLength(LIMITS.viewsPerReply);
  });
});

describe('roomLeft', () => {
  it('counts what would be sent, not the white space around it', () => {
    expect(roomLeft('  ab  ', 'view')).toBe(LIMITS.viewLength - 2);
    expect(isNearLimit(LIMITS.viewLength, 'view')).toBe(false);
    expect(isNearLimit(-1, 'reply')).toBe(true);
  });
});

describe('isWorthKeeping', () => {
  it('keeps words and links, not a mere stance', () => {
    expect(isWorthKeeping({ ...EMPTY_DRAFT, stance: 'info' })).toBe(false);
    expect(isWorthKeeping({ ...EMPTY_DRAFT, text: 'a' })).toBe(true);
    expect(isWorthKeeping({ ...EMPTY_DRAFT, toViews: [idOf(1)] })).toBe(true);
  });
});

describe('wordsOf', () => {
  it('gives every word that was written, and nothing for blanks', () => {
    expect(wordsOf({ ...EMPTY_DRAFT, text: ' 一 ', replyText: '二\n' })).toBe('一\n\n二');
    expect(wordsOf({ ...EMPTY_DRAFT, text: '  ', toViews: [idOf(1)] })).toBe('');
  });
});

describe('afterSending', () => {
  it('empties what was sent, keeps the other half, and opens the small form', () => {
    const draft = {
      ...EMPTY_DRAFT,
      mode: 'reply' as const,
      text: '意见',
      replyText: '回应',
      toViews: [idOf(1)],
    };
    expect(afterSending(draft, 'reply')).toEqual({ ...EMPTY_DRAFT, text: '意见' });
    expect(afterSending(draft, 'view')).toMatchObject({ text: '', replyText: '回应', toViews: [idOf(1)] });
  });
});
