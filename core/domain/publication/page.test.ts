import { describe, expect, it } from 'vitest';
import { heading, paragraph, points, run, textOf } from '../../testing/cited-texts.ts';
import { participantId, viewId } from '../../testing/builders.ts';
import { sampleRecord } from '../../testing/sample-document.ts';
import type { Room } from '../room/state.ts';
import { hasPublicPage, publicPageOf } from './page.ts';

const record = sampleRecord();
const pageOf = (over: Partial<{ room: Room; outcome: typeof record.outcome }> = {}) =>
  publicPageOf({ ...record, outcomeHash: record.textSha256, ...over });
const calledSo = (name: string): Room => {
  const { room } = record;
  const id = participantId(3);
  const seat = room.participants[id];
  if (seat === undefined) throw new Error('a resident sits there');
  return { ...room, participants: { ...room.participants, [id]: { ...seat, name } } };
};

describe('the public page of a sealed session', () => {
  it('says what was asked, agreed, left open, and who does what by when, and nobody’s views [PP3]', () => {
    const page = pageOf({
      outcome: textOf(
        heading('二、形成的共识'),
        points(
          paragraph(run('设护学岗。（一致同意）')),
          paragraph(run('单行道方案。（另行研究）')),
          paragraph(run('错峰放学。（存在分歧）')),
        ),
        heading('存在的分歧和保留意见'),
        paragraph(run('临时停车位设在哪一侧。')),
      ),
    });
    expect(page.agreed).toEqual([{ words: '设护学岗。（一致同意）', level: 'unanimous' }]);
    expect(page.open).toEqual([
      '单行道方案。（另行研究）',
      '错峰放学。（存在分歧）',
      '临时停车位设在哪一侧。',
    ]);
    expect(page.tasks).toMatchObject([{ department: '县直单位', cooperating: ['县城管局'] }]);
    for (const { id, text } of record.room.views) {
      expect(JSON.stringify(page)).not.toContain(id);
      if (text !== '') expect(JSON.stringify(page)).not.toContain(text);
    }
    expect(record.room.views.map(({ id }) => id)).toContain(viewId(3));
  });

  it('takes a text without headings by what its paragraphs name [PP3]', () => {
    const page = pageOf({
      outcome: textOf(paragraph(run('共识：棚架十天内拆除。分歧：无。')), paragraph(run('任务分工见清单。'))),
    });
    expect(page).toMatchObject({
      agreed: [{ words: '共识：棚架十天内拆除。分歧：无。', level: null }],
      open: [],
      taskWords: ['任务分工见清单。'],
    });
  });

  it('names nobody who speaks for themselves, not where others wrote of them either [PP3]', () => {
    const outcome = textOf(
      heading('形成的共识'),
      points(paragraph(run('按王小明的建议设护学岗，王小明家门口除外。'))),
    );
    const page = pageOf({ room: calledSo('王小明'), outcome });
    expect(JSON.stringify(page)).not.toContain('王小明');
    expect(page.agreed[0]?.words).toMatch(/^按群众代表（\w{4}）的建议/);
    // Names that differ by what is behind them are each found whole.
    expect(JSON.stringify(pageOf({ room: calledSo('王小'), outcome }))).not.toContain('王小');
  });

  it('changes no count, date, level or fingerprint, whatever a guest is called [PP3]', () => {
    const before = pageOf();
    expect(before.polls[0]?.result).toContain('实投');
    for (const name of [
      '实投',
      '赞成',
      '2026',
      '00',
      'unanimous',
      before.textSha256.slice(0, 2),
      '.*',
      'a|b',
      '群众代表',
    ]) {
      const page = pageOf({ room: calledSo(name) });
      const { textSha256, heldAt, sealedAt, polls, agreed } = before;
      expect(page).toMatchObject({ textSha256, heldAt, sealedAt });
      expect(page.polls.map(({ result }) => result.replace(/群众代表（\w{4}）/g, name))).toEqual(
        polls.map(({ result }) => result),
      );
      expect(page.agreed.map(({ level }) => level)).toEqual(agreed.map(({ level }) => level));
    }
    expect(pageOf({ room: calledSo('.*') })).toEqual(before);
  });

  it('tells no numbers of a poll without names in which few voted, and of no void one [PP3]', () => {
    expect(pageOf().polls).toEqual([{ question: '是否同意设护学岗？', result: expect.any(String) }]);
    const { room } = record;
    const polls = room.polls.map((poll) => {
      return {
        ...poll,
        draft: { ...poll.draft, rules: { ...poll.draft.rules, secrecy: 'secret' as const } },
      };
    });
    expect(pageOf({ room: { ...room, polls } }).polls[0]?.result).toBe('参加的人数很少，票数不公布。');
    const unpublished = room.polls.map((poll) =>
      poll.phase === 'closed' ? { ...poll, result: null } : poll,
    );
    expect(pageOf({ room: { ...room, polls: unpublished } }).polls).toEqual([]);
  });

  it('is there for no private session and for none that was broken off [PP1]', () => {
    const { state, plan } = record.room;
    expect(hasPublicPage({ state, plan })).toBe(true);
    expect(hasPublicPage({ state: 'aborted', plan })).toBe(false);
    if (plan === null) throw new Error('it was planned');
    expect(hasPublicPage({ state, plan: { ...plan, isPrivate: true } })).toBe(false);
  });
});
