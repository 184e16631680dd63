import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { archiveRoutes } from '../core/contract/archives.ts';
import { recordSearchRoutes } from '../core/contract/record-search.ts';
import { PollId, ViewId } from '../core/domain/ids.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import { command } from '../rehearsal/knock.ts';
import { takePen } from '../rehearsal/pen.ts';
import { paths } from '../server/paths.ts';
import { until } from '../server/testing/until.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall, Meeting } from './hall.ts';
import { timed } from './pace.ts';
import { VIEW_TEXT } from './posting.ts';

const LARGE = { people: 1_000, views: 10_000, polls: 5, blocks: 100 };
/** Of a block of the text, in characters of three bytes each: the whole is 200 KB. */
const BLOCK = 680;
const AT_ONCE = 40;
const run = promisify(execFile);

/** The record of a large session: closed, taken away as one file, and verified by the program in it. */
export function bundleRow(hall: Hall): Row {
  return {
    name: 'close, take away and verify 1 000 people, 10 000 views, 5 000 ballots, a text of 200 KB',
    units: {
      close: 'ms',
      'others at the close': 'ms',
      searchable: 'ms',
      'others until then': 'ms',
      bundle: 'ms',
      'others at the bundle': 'ms',
      again: 'ms',
      verify: 'ms',
      size: 'MB',
      minutes: 'ms',
      'full record': 'ms',
      'others at the documents': 'ms',
    },
    contenders: [{ name: 'shangliang', run: () => takeAway(hall) }],
    targets: [
      { figure: 'close', atMost: 2_000 },
      { figure: 'others at the close', atMost: 50 },
      { figure: 'others until then', atMost: 50 },
      { figure: 'bundle', atMost: 5_000 },
      { figure: 'others at the bundle', atMost: 50 },
      { figure: 'verify', atMost: 2_000 },
      { figure: 'minutes', atMost: 2_000 },
      { figure: 'others at the documents', atMost: 50 },
    ],
  };
}

async function takeAway(hall: Hall): Promise<Sample> {
  const meeting = await hold(hall);
  const { sessionId, chair } = meeting;
  const before = await foundViews(chair);
  const atClose = watchOthers(chair.url);
  const [close] = await timed(() => command(chair, sessionId, { type: 'closeSession' }, randomUUID()));
  const closing = await atClose.end();
  const atRecording = watchOthers(chair.url);
  const [searchable] = await timed(() => foundAll(chair, before));
  const recording = await atRecording.end();
  const take = () => chair.ask(archiveRoutes.getBundle, { params: { sessionId } });
  const atBundle = watchOthers(chair.url);
  const [bundle, bytes] = await timed(take);
  const packing = await atBundle.end();
  const [again, twin] = await timed(take);
  if (!twin.equals(bytes)) throw new Error('two records of one session differ');
  const asWord = (kind: 'minutes' | 'record') =>
    chair.ask(archiveRoutes.getDocument, { params: { sessionId, kind }, query: { form: 'docx' } });
  const atDocuments = watchOthers(chair.url);
  const [minutes] = await timed(() => asWord('minutes'));
  const [fullRecord] = await timed(() => asWord('record'));
  const writing = await atDocuments.end();
  const folder = await mkdtemp(join(tmpdir(), 'shangliang-bundle-'));
  try {
    const file = join(folder, 'record.zip');
    await writeFile(file, bytes);
    // Throws where it does not hold.
    const [verify] = await timed(() => run(process.execPath, [paths.verifier, file]));
    return {
      close,
      'others at the close': closing,
      searchable,
      'others until then': recording,
      bundle,
      'others at the bundle': packing,
      again,
      verify,
      size: bytes.length / 1e6,
      minutes,
      'full record': fullRecord,
      'others at the documents': writing,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How many views of all records a search finds. */
async function foundViews(chair: Meeting['chair']): Promise<number> {
  const query = { q: '单侧净空', kind: 'view' as const };
  return (await chair.call(recordSearchRoutes.searchRecords, { query })).total;
}

/** Until a search finds every view of this record too. */
async function foundAll(chair: Meeting['chair'], before: number): Promise<void> {
  const found = async () => (await foundViews(chair)) >= before + LARGE.views;
  await until('the record is searched', found, 60_000);
}

/** A session in which a hall has said, voted and written what it would in a long evening. */
async function hold(hall: Hall): Promise<Meeting> {
  const meeting = await hall.meet(LARGE.people);
  const { sessionId, documentId, members, guests } = meeting;
  const guestOf = (n: number) => {
    const guest = guests[n % guests.length];
    if (guest === undefined) throw new Error('nobody is there');
    return guest.browser;
  };
  await inGroups(LARGE.views, (n) => {
    const view = { id: ViewId.parse(randomUUID()), stance: 'suggestion' as const, text: `${VIEW_TEXT}${n}` };
    return command(
      guestOf(n),
      sessionId,
      { type: 'postView', view: { ...view, replyTo: null } },
      randomUUID(),
    );
  });
  for (let poll = 0; poll < LARGE.polls; poll += 1) await vote(meeting, guestOf);
  const [writer] = members;
  if (writer === undefined) throw new Error('nobody may write');
  const pen = await takePen(writer.browser, documentId);
  for (let n = 0; n < LARGE.blocks; n += 1) {
    const text = `${n} ${'协商一致的意见。'.repeat(BLOCK / 8)}`;
    await pen.append({ type: 'paragraph', content: [{ type: 'text', text }] });
  }
  pen.close();
  return meeting;
}

async function vote({ sessionId, chair, guests }: Meeting, guestOf: (n: number) => Meeting['chair']) {
  const pollId = PollId.parse(randomUUID());
  const options = ['y', 'n', 'a'].map((id) => ({ id, text: id }));
  const poll = usualPoll({ id: pollId, question: '是否同意？', options, roles: ['resident'] });
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId }, randomUUID());
  await inGroups(guests.length, (n) => {
    const paper = { shape: 'choices' as const, choices: [options[n % options.length]?.id ?? 'y'] };
    return command(guestOf(n), sessionId, { type: 'castBallot', pollId, paper }, randomUUID());
  });
  await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
}

async function inGroups(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_none, n) => work(from + n));
    await Promise.all(group);
  }
}

/** Asks something small all the time: how long the longest answer took says how long the process was deaf. */
function watchOthers(url: string) {
  const left = new AbortController();
  let longest = 0;
  const watching = (async () => {
    while (!left.signal.aborted) {
      const [took] = await timed(() => fetch(`${url}/healthz`).then((answer) => answer.text()));
      longest = Math.max(longest, took);
      await wait(5);
    }
  })();
  return {
    end: async () => {
      left.abort();
      await watching;
      return longest;
    },
  };
}
