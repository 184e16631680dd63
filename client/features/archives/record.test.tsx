// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Archive } from '../../../core/contract/archives.ts';
import { CITATION_LETTERS, type CitedKind } from '../../../core/domain/citation.ts';
import { ReplyId, SessionId } from '../../../core/domain/ids.ts';
import {
  as,
  AT,
  choose,
  itemId,
  poll,
  pollId,
  seated,
  uuid,
  view,
  viewId,
} from '../../../core/testing/builders.ts';
import { citation } from '../../../core/testing/cited-texts.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { ArchiveRecord } from './record.tsx';
import { TextSheet } from './text-sheet.tsx';

function archived(): Archive {
  const t = seated({ open: true });
  t.must(as(3), { type: 'enterRoom' });
  t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
  t.must(as(3), { type: 'postView', view: view(0) });
  t.must(as(1), { type: 'postView', view: view(1, { replyTo: viewId(0) }) });
  const reply = {
    id: ReplyId.parse(uuid('repl', 1)),
    toViews: [viewId(0)],
    commitment: 'can_do' as const,
    text: '已列入计划',
  };
  t.must(as(2), { type: 'postReply', reply });
  for (const [n, secrecy] of (['named', 'secret'] as const).entries()) {
    t.must(as(0), { type: 'preparePoll', poll: poll(n, { secrecy }) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(n) });
    const paper = choose('y');
    t.must(as(1), { type: 'castBallot', pollId: pollId(n), paper });
    t.must(as(0), { type: 'closePoll', pollId: pollId(n) }, { papers: [paper] });
  }
  t.must(as(0), { type: 'closeSession' }, { text: { head: 1, sha256: 'a'.repeat(64) } });
  const room = t.room();
  const outcome = {
    type: 'doc' as const,
    content: [
      { type: 'paragraph' as const, content: [{ type: 'text' as const, text: '会议建议增设护学岗' }] },
    ],
  };
  return {
    sessionId: SessionId.parse(uuid('sess', 1)),
    sealedAt: AT,
    seq: room.seq,
    headHash: 'b'.repeat(64),
    room,
    outcome,
    outcomeHash: 'a'.repeat(64),
  };
}

describe(ArchiveRecord.name, () => {
  afterEach(cleanup);
  beforeAll(async () => {
    await loadTexts(['archive', 'room']);
    await setLocale('zh-CN', { choose: false });
  });

  it('links views, answers and replies in both directions', () => {
    const archive = archived();
    render(<ArchiveRecord archive={archive} />);
    const [first, second] = archive.room.views;
    const [reply] = archive.room.replies;
    const at = (seq: number | undefined) => {
      const entry = document.getElementById(`entry-${seq}`);
      if (entry === null) throw new Error(`no entry ${seq}`);
      return within(entry);
    };
    expect(
      at(second?.seq)
        .getByRole('link', { name: `#${first?.seq} resident 3` })
        .getAttribute('href'),
    ).toBe(`#entry-${first?.seq}`);
    expect(at(first?.seq).getByRole('link', { name: `#${reply?.seq} department 2` })).toBeTruthy();
    expect(at(reply?.seq).getByRole('link', { name: `#${first?.seq} resident 3` })).toBeTruthy();
  });

  it('leads from a sentence to what it rests on, one click each way, and says what is gone [O7] [O8]', () => {
    const archive = archived();
    const cite = (n: number, kind: CitedKind, id: string) => ({
      type: 'text' as const,
      text: CITATION_LETTERS[n] ?? '',
      marks: [{ type: 'citation' as const, attrs: { ...citation(n, kind), id } }],
    });
    const { room } = archive;
    const [view] = room.views;
    const words = { type: 'text' as const, text: '会议建议增设护学岗。' };
    const content = [
      words,
      cite(0, 'view', view?.id ?? ''),
      cite(1, 'poll', pollId(0)),
      cite(2, 'material', uuid('none', 1)),
    ];
    render(
      <ArchiveRecord
        archive={{ ...archive, outcome: { type: 'doc', content: [{ type: 'paragraph', content }] } }}
      />,
    );
    const leads = (name: RegExp) => screen.getByRole('link', { name }).getAttribute('href');
    expect(leads(/^依据 1：意见/)).toBe(`#entry-${view?.seq}`);
    expect(leads(new RegExp(`^从第 ${view?.seq} 条`))).toBe(
      `/sessions/${room.plan?.id}/replay#entry-${view?.seq}`,
    );
    expect(leads(/^依据 2：意向投票/)).toBe(`#poll-${pollId(0)}`);
    expect(screen.getByText('依据3').closest('sup')?.dataset['gone']).toBe('true');
    for (const [place, evidence] of [
      [`entry-${view?.seq}`, '#evidence-1'],
      [`poll-${pollId(0)}`, '#evidence-2'],
    ] as const) {
      const entry = document.getElementById(place);
      if (entry === null) throw new Error(place);
      expect(within(entry).getByRole('link', { name: '第 1 句' }).getAttribute('href')).toBe(evidence);
      expect(document.getElementById(evidence.slice(1))).not.toBeNull();
    }
    // Where the meeting is played, the same chip leads to the record.
    const { container } = render(
      <TextSheet text={{ type: 'doc', content: [{ type: 'paragraph', content }] }} room={room} />,
    );
    expect(container.querySelector('sup a')?.getAttribute('href')).toBe(
      `/sessions/${room.plan?.id}/archive#entry-${view?.seq}`,
    );
  });

  it('tells who chose what in a named poll and withholds it in a secret one [B4] [B5]', () => {
    render(<ArchiveRecord archive={archived()} />);
    expect(screen.getAllByText(/^记名投票：查看 1 人的选择$/).length).toBeGreaterThan(0);
    expect(screen.getAllByText(/无记名投票：系统不保存谁投了什么/).length).toBeGreaterThan(0);
  });

  it('leads from the contents to every section', () => {
    const { container } = render(<ArchiveRecord archive={archived()} />);
    const targets = [...container.querySelectorAll('nav a')].map(
      (link) => link.getAttribute('href')?.slice(1) ?? '',
    );
    expect(targets.length).toBe(9);
    for (const id of targets) expect(container.querySelector(`#${id} h2`)).not.toBeNull();
  });
});
