// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fileOf, type PollFile } from '../../../core/domain/polls/exporting.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import { as, choose, participantId, poll, pollId, seated } from '../../../core/testing/builders.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { BroughtFile } from './brought.tsx';
import { pollFileOf, readPollFile } from './poll-file.ts';

/** The file of a poll in which two want it and one does not. */
function held(over: Partial<PollRules> = {}): PollFile {
  const t = seated({ open: true });
  const majority = { on: 'chosen', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' } as const;
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { thresholds: [majority], ...over }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const papers = [1, 3, 6].map((n) => ({ n, paper: choose(n === 6 ? 'n' : 'y') }));
  for (const { n, paper } of papers) t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers: papers.map(({ paper }) => paper) });
  const [closed] = t.room().polls;
  const file = closed?.phase === 'closed' ? fileOf(closed) : null;
  if (file === null) throw new Error('no file');
  return file;
}

const asFile = (content: unknown) =>
  new File([typeof content === 'string' ? content : JSON.stringify(content)], 'poll.json');

async function bring(content: unknown): Promise<string> {
  render(<BroughtFile />);
  fireEvent.change(screen.getByLabelText('选择文件'), { target: { files: [asFile(content)] } });
  await waitFor(() => expect(document.body.textContent).toMatch(/核验通过|核验未通过|没有发现不符|▲/));
  return document.body.textContent;
}

beforeAll(async () => {
  await setLocale('zh-CN', { choose: false });
  await loadTexts(['recount', 'room']);
});
afterEach(cleanup);

describe('a file that somebody brings', () => {
  it('is counted again, with what was checked and the result [B26]', async () => {
    const file = held();
    const text = await bring(file);
    expect(text).toContain('核验通过：按规则重新点票，结果相同。');
    expect(text).toContain('选票：逐张检查，3 张都符合规则。');
    expect(text).toContain(`${file.seal.slice(0, 4)} ${file.seal.slice(4, 8)}`);
    expect(text).toContain(file.draft.question);
  });

  it('says the first thing that differs [B26]', async () => {
    const file = held();
    const chambers = file.result.chambers.map((chamber) => ({
      ...chamber,
      count: { of: 'choices', choices: { y: 3, n: 0, a: 0 } },
    }));
    const text = await bring({ ...file, result: { ...file.result, chambers } });
    expect(text).toContain('核验未通过：文件里的内容对不上。');
    expect(text).toMatch(/得票：重新点票，数目不同。 得票 · .+：文件写 0，重新计算是 1。/);
  });

  it.each<[string, (file: PollFile) => unknown, RegExp]>([
    [
      'a stranger',
      (file) => ({
        ...file,
        ballots: [{ by: participantId(20), paper: choose('y') }, ...(file.ballots ?? []).slice(1)],
      }),
      /投票人：与名单不符。 “编号 .+”不在名单上。/,
    ],
    [
      'other rules',
      (file) => ({ ...file, draft: { ...file.draft, question: '另一个问题？' } }),
      /文件写 [0-9a-f]{4} .+，按内容算出/,
    ],
  ])('names %s', async (_, change, said) => {
    expect(await bring(change(held()))).toMatch(said);
  });

  it('says so where who chose what is not for this reader', async () => {
    expect(await bring({ ...held({ secrecy: 'host' }), ballots: null })).toContain('没有重新点票');
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'PK\u0003', '这不是投票文件'],
    ['a list', [], '这份文件不是投票文件，或者内容不完整：format'],
    ['the material of a record', { archive: {}, rows: [] }, '这是整份档案的核验材料'],
    ['a newer form', { format: 'shangliang/poll/9' }, '格式这个页面不认识'],
    ['a file without its roll', { ...held(), electorate: null }, '内容不完整：electorate'],
  ])('tells plainly of %s', async (_, content, said) => {
    expect(await bring(content)).toContain(said);
  });

  it('takes a byte order mark, and no file that is too large', async () => {
    expect(pollFileOf(`\uFEFF${JSON.stringify(held())}`)).toHaveProperty('file');
    const large = { size: 65 * 1024 * 1024 } as Blob;
    expect(await readPollFile(large)).toEqual({ fault: { why: 'large' } });
  });

  it('is judged where one can go on reading, and given up at once', async () => {
    const asked: { readonly n: number; readonly brought: Blob }[] = [];
    const workers: FakeWorker[] = [];
    class FakeWorker extends EventTarget {
      isOver = false;
      constructor() {
        super();
        workers.push(this);
      }
      postMessage(request: (typeof asked)[number]): void {
        asked.push(request);
      }
      terminate(): void {
        this.isOver = true;
      }
      say(data: unknown): void {
        act(() => void this.dispatchEvent(new MessageEvent('message', { data })));
      }
    }
    vi.stubGlobal('Worker', FakeWorker);
    try {
      render(<BroughtFile />);
      const choose = (content: unknown) =>
        fireEvent.change(screen.getByLabelText('选择文件'), { target: { files: [asFile(content)] } });
      choose(held());
      const [first] = workers;
      first?.say({ n: 1, progress: { step: 'signatures', done: 20, of: 80 } });
      expect(screen.getByRole('progressbar').getAttribute('value')).toBe('20');
      expect(screen.getByRole('status').textContent).toContain('正在核验票箱里的签名…');
      fireEvent.click(screen.getByRole('button', { name: '停止核验' }));
      expect(screen.queryByRole('progressbar')).toBeNull();
      expect(first?.isOver).toBe(true);
      // What it still said is of nobody's file any more.
      first?.say({ n: 1, judged: { fault: { why: 'notJson' } } });
      expect(screen.queryByRole('alert')).toBeNull();
      choose('x');
      workers[1]?.say({ n: 2, judged: { fault: { why: 'notJson' } } });
      expect((await screen.findByRole('alert')).textContent).toContain('这不是投票文件');
      // One that falls over: the page judges by itself.
      choose(held());
      act(() => void workers[1]?.dispatchEvent(new Event('error')));
      expect(await screen.findByText('核验通过：按规则重新点票，结果相同。')).toBeTruthy();
    } finally {
      cleanup();
      vi.unstubAllGlobals();
    }
  });
});
