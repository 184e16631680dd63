import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { chromium, type Browser as Chromium } from '@playwright/test';
import { ViewId } from '../core/domain/ids.ts';
import { command } from '../rehearsal/knock.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall, Meeting } from './hall.ts';
import { tabMemoryRow } from './tab-memory.ts';
import { usingRows } from './using.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
const LARGE = { people: 1_000, views: 5_000 };
const SMALL = { people: 10, views: 20 };
/** How much slower than this machine the phone is. */
const SLOWER = 4;
const AT_ONCE = 40;

/** What it takes to come into a room of a thousand people and five thousand views, beside a small one. */
export function bigRoomRows(hall: Hall): readonly Row[] {
  const rooms = new Map<string, Promise<Meeting>>();
  const roomOf = (name: string, size: typeof LARGE) => {
    const room = rooms.get(name) ?? fill(hall, size);
    rooms.set(name, room);
    return room;
  };
  const contender = (name: string, size: typeof LARGE) => ({
    name,
    run: async () => enter(await roomOf(name, size)),
  });
  return [
    {
      name: 'coming into a room of 1 000 people and 5 000 views',
      units: {
        snapshot: 'KB',
        'snapshot packed': 'KB',
        'first answer': 'ms',
        'further answers': 'ms',
        'first view seen': 'ms',
        'cards in the page': '',
      },
      contenders: [contender('large room', LARGE), contender('small room', SMALL)],
      targets: [
        { figure: 'first view seen', beside: ['small room'], ratio: 1.25 },
        { figure: 'snapshot packed', atMost: 80 },
        { figure: 'further answers', atMost: 20 },
      ],
    },
    ...usingRows(
      [
        { name: 'large room', meet: () => roomOf('large room', LARGE) },
        { name: 'small room', meet: () => roomOf('small room', SMALL) },
      ],
      speak,
    ),
    // Last: it says fourteen thousand views more.
    tabMemoryRow(() => roomOf('large room', LARGE), speak),
  ];
}

async function fill(hall: Hall, { people, views }: typeof LARGE): Promise<Meeting> {
  const meeting = await hall.meet(people);
  let next = 0;
  const talk = async () => {
    for (let n = next++; n < views; n = next++) await speak(meeting, n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, talk));
  return meeting;
}

async function speak({ sessionId, guests }: Meeting, n: number): Promise<void> {
  const guest = guests[n % guests.length];
  if (guest === undefined) throw new Error('nobody came');
  const view = {
    id: ViewId.parse(randomUUID()),
    stance: 'suggestion' as const,
    text: `第 ${n} 条：希望在校门口东侧设置临时停车区，上下学时段由志愿者引导，其余时段还给行人。`,
    replyTo: null,
  };
  await command(guest.browser, sessionId, { type: 'postView', view }, randomUUID());
}

async function enter(meeting: Meeting): Promise<Sample> {
  const [guest] = meeting.guests;
  if (guest === undefined) throw new Error('nobody came');
  // Something new was said, so that nobody has been answered yet.
  await speak(meeting, 0);
  const first = await ask(meeting, 'gzip');
  const further: number[] = [];
  for (let n = 0; n < 11; n += 1) further.push((await ask(meeting, 'gzip')).ms);
  const plain = await ask(meeting, 'identity');
  return {
    snapshot: plain.bytes / 1_024,
    'snapshot packed': first.bytes / 1_024,
    'first answer': first.ms,
    'further answers': further.sort((a, b) => a - b)[5] ?? NaN,
    ...(await see(meeting)),
  };
}

async function ask({ sessionId, guests }: Meeting, encoding: string): Promise<{ bytes: number; ms: number }> {
  const { url, headers } = browserOf(guests);
  const since = performance.now();
  return await new Promise((resolve, reject) => {
    const address = `${url}/api/sessions/${sessionId}/snapshot`;
    get(address, { headers: { ...headers(), 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => (bytes += part.length));
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve({ bytes, ms: performance.now() - since })
          : reject(new Error(`${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

function browserOf([first]: Meeting['guests']) {
  if (first === undefined) throw new Error('nobody came');
  return first.browser;
}

/** A slow phone that has never been here opens the room. */
async function see(meeting: Meeting): Promise<Sample> {
  const phone = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    return await look(phone, meeting);
  } finally {
    await phone.close();
  }
}

async function look(phone: Chromium, { sessionId, guests }: Meeting): Promise<Sample> {
  const { url, headers } = browserOf(guests);
  const context = await phone.newContext({ viewport: { width: 360, height: 740 } });
  const [name = '', value = ''] = (headers()['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${url}/sessions/${sessionId}`, { waitUntil: 'commit' });
  const seen = await page.waitForFunction(() => {
    const card = document.querySelector('article[data-seq]');
    return card === null ? false : performance.now();
  });
  const ms = await seen.evaluate((at) => at);
  return {
    'first view seen': Number(ms),
    'cards in the page': await page.locator('article[data-seq]').count(),
  };
}
