import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '../app-error.ts';
import { heardLine } from '../testing/heard-line.ts';
import { memoryLog, openQueue, typist, writer } from '../testing/queue-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { TEXT_LIMITS } from './limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createQueue', () => {
  it('answers a mark after everything before it is kept [W1]', async () => {
    const memory = memoryLog();
    const { queue, text } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    const { type, mark } = typist(queue, from);
    type('一');
    mark(1);
    type('二');
    mark(2);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(said).toEqual(['kept', 'mark 1', 'kept', 'mark 2']);
    expect([wordsOf(text.doc), memory.state.batches]).toEqual(['一二', 1]);
  });

  it('answers a mark that came during the commit at once, and not after the next one [W1]', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    const { append } = memory.documentLog;
    const commits: (() => void)[] = [];
    vi.spyOn(memory.documentLog, 'append').mockImplementation(async (id, drafts) => {
      await new Promise<void>((resolve) => commits.push(resolve));
      return append(id, drafts);
    });
    const { type, mark } = typist(queue, from);
    type('一');
    await vi.advanceTimersByTimeAsync(1);
    mark(1);
    type('二');
    mark(2);
    expect(said).toEqual([]);
    commits[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect([said, commits.length]).toEqual([['kept', 'mark 1'], 2]);
    commits[1]?.();
    await vi.advanceTimersByTimeAsync(20);
    expect(said).toEqual(['kept', 'mark 1', 'kept', 'mark 2']);
  });

  it('appends again what may or may not have been committed, and the text is the same [W1]', async () => {
    const memory = memoryLog();
    const { queue, text } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    memory.state.losesAnswers = 2;
    const { type, mark } = typist(queue, from);
    type('只有一次');
    mark(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said).toEqual(['kept', 'mark 1']);
    expect([wordsOf(text.doc), text.applied(), memory.rows.length]).toEqual(['只有一次', 3, 3]);
  });

  it('says nothing while storage is away, tells after 10 s, cuts after a minute, and keeps nothing [W1]', async () => {
    const memory = memoryLog();
    const { queue, text } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    memory.state.isAway = true;
    const { type, mark } = typist(queue, from);
    type('等待');
    mark(1);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(said).toEqual(['waiting']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['waiting', 'cut storage']);
    expect([wordsOf(text.doc), memory.rows.length, queue.isIdle()]).toEqual(['', 0, true]);
  });

  it('tells those who begin to write while storage is away, each once [W1]', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const [first, second] = [writer(), writer()];
    memory.state.isAway = true;
    typist(queue, first.from).type('早');
    await vi.advanceTimersByTimeAsync(20_000);
    typist(queue, second.from).type('晚');
    await vi.advanceTimersByTimeAsync(3_000);
    expect([first.said, second.said]).toEqual([['waiting'], ['waiting']]);
  });

  it('tells whoever waits to hear that it is saved before it tells the hall [W1]', async () => {
    const memory = memoryLog();
    const { queue, text } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    text.readers.add(heardLine({ write: () => void said.push('told') }));
    const { type, mark } = typist(queue, from);
    type('一');
    mark(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(said).toEqual(['kept', 'mark 1', 'told']);
  });

  it('commits what came during a commit at once, all of it together', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const { append } = memory.documentLog;
    const sizes: number[] = [];
    vi.spyOn(memory.documentLog, 'append').mockImplementation(async (id, drafts) => {
      sizes.push(drafts.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return append(id, drafts);
    });
    const { from, said } = writer();
    const { type } = typist(queue, from);
    type('一');
    await vi.advanceTimersByTimeAsync(1);
    for (const word of ['二', '三', '四']) type(word);
    await vi.advanceTimersByTimeAsync(9);
    expect([sizes, said]).toEqual([
      [1, 3],
      ['kept', 'kept', 'kept', 'kept'],
    ]);
  });

  it('saves what waited when storage comes back in time [W1]', async () => {
    const memory = memoryLog();
    const { queue, text } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    memory.state.isAway = true;
    const { type, mark } = typist(queue, from);
    type('等待');
    mark(1);
    await vi.advanceTimersByTimeAsync(30_000);
    memory.state.isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said).toEqual(['waiting', 'kept', 'mark 1']);
    expect(wordsOf(text.doc)).toBe('等待');
  });

  it('refuses alone what cannot be stored, at once, and keeps what came with it [W1]', async () => {
    const memory = memoryLog();
    memory.state.poison = '毒';
    const { queue, text } = await openQueue(memory.documentLog);
    const people = ['一', '二', '毒', '四', '五'].map((word) => {
      const { from, said } = writer();
      const { doc, type, mark } = typist(queue, from);
      doc.clientID = word.charCodeAt(0);
      type(word);
      mark(1);
      return { word, said };
    });
    await vi.advanceTimersByTimeAsync(100);
    for (const { word, said } of people)
      expect(said).toEqual([word === '毒' ? 'lost UNEXPECTED' : 'kept', 'mark 1']);
    expect(wordsOf(text.doc).split('|').sort()).toEqual(['一', '二', '五', '四']);
    expect(queue.isIdle()).toBe(true);
  });

  it('cuts everybody of a batch whose storage goes away while it is halved [W1]', async () => {
    const memory = memoryLog();
    memory.state.poison = '毒';
    const { queue } = await openQueue(memory.documentLog);
    const [first, second] = [writer(), writer()];
    typist(queue, first.from).type('毒');
    typist(queue, second.from).type('二');
    const { append } = memory.documentLog;
    let calls = 0;
    vi.spyOn(memory.documentLog, 'append').mockImplementation((id, drafts) => {
      calls += 1;
      return calls === 1 ? append(id, drafts) : Promise.reject(new AppError('STORAGE_AWAY'));
    });
    await vi.advanceTimersByTimeAsync(70_000);
    expect([first.said, second.said]).toEqual([['waiting', 'cut storage'], ['cut storage']]);
    expect(queue.isIdle()).toBe(true);
  });

  it('announces up to where the log goes, also when somebody else was faster [W2]', async () => {
    const memory = memoryLog();
    const { queue, text, announced } = await openQueue(memory.documentLog);
    const other = new Y.Doc();
    typeInto(other, '别人');
    memory.rows.push({ seq: 1, data: Y.encodeStateAsUpdate(other) });
    const { from, said } = writer();
    typist(queue, from).type('我');
    await vi.advanceTimersByTimeAsync(50);
    expect([said, announced, text.applied()]).toEqual([['kept'], [2], 2]);
  });

  it('pauses whoever fills the queue, and lets them go on when it is half empty', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    memory.state.isAway = true;
    const { type } = typist(queue, from);
    for (let count = 0; count < 2_100; count += 1) type('x');
    expect(said).toContain('pause');
    memory.state.isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said).toContain('resume');
    expect(memory.rows).toHaveLength(2_100);
  });

  it('pauses whoever fills the queue with marks, too, and answers them in their order', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    memory.state.isAway = true;
    const { type, mark } = typist(queue, from);
    type('字');
    for (let count = 0; count < TEXT_LIMITS.queueItems; count += 1) mark(count % 200);
    expect(said).toEqual(['pause']);
    memory.state.isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    const marks = Array.from({ length: TEXT_LIMITS.queueItems }, (_, count) => `mark ${count % 200}`);
    expect(said).toEqual(['pause', 'kept', ...marks, 'resume']);
  });

  it('lets what waits go through when it is closed', async () => {
    const memory = memoryLog();
    const { queue } = await openQueue(memory.documentLog);
    const { from, said } = writer();
    const { type } = typist(queue, from);
    type('最后');
    const closing = queue.close();
    await vi.advanceTimersByTimeAsync(100);
    await closing;
    expect([said, memory.rows.length]).toEqual([['kept'], 1]);
  });
});
