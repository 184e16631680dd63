import { chromium, type Browser as Chromium, type Page } from '@playwright/test';
import type { Browser } from '../rehearsal/doors.ts';
import type { Row, Sample } from './frame.ts';
import type { Meeting } from './hall.ts';
import { atPace } from './pace.ts';
import { percentile } from './stats.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
/** How much slower than this machine the device is. */
const SLOWER = 4;
const TYPED =
  'please keep the lane along the school free for the fire brigade at all times, also on market days.';
const INCOMING = { count: 40, everyMs: 500 } as const;
const WHEELS = 40;

/** Who uses the room: a resident at a phone, or the chair at a desk with the roll beside the stream. */
type Seated = {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly browserOf: (meeting: Meeting) => Browser;
  readonly act: (page: Page) => Promise<void>;
};

export type Rooms = readonly { readonly name: string; readonly meet: () => Promise<Meeting> }[];
type Speak = (meeting: Meeting, n: number) => Promise<void>;

/** Typing, tapping and scrolling while views come in, in rooms of different sizes; the first is judged. */
export function usingRows(rooms: Rooms, speak: Speak): readonly Row[] {
  return [
    usingRow('the room of 1 000 people and 5 000 views in use, on a slow phone', rooms, speak, PHONE),
    usingRow('the room of 1 000 people and 5 000 views in use, at a slow desk', rooms, speak, DESK),
  ];
}

function usingRow(name: string, rooms: Rooms, speak: Speak, seated: Seated): Row {
  const contenders = rooms.map((room) => ({
    name: room.name,
    run: async () => use(await room.meet(), speak, seated),
  }));
  const [first, ...others] = contenders;
  if (first === undefined) throw new Error('no room to use');
  return {
    name,
    units: {
      'interaction to next paint': 'ms',
      'interaction p50': 'ms',
      interactions: '',
      'longest frame while scrolling': 'ms',
      'frame p95 while scrolling': 'ms',
    },
    contenders: [first, ...others],
    targets: [{ figure: 'interaction to next paint', atMost: 200 }],
  };
}

/** As the Event Timing API tells them, which leaves out what took less than 16 ms: of each interaction its longest event. */
function watchInteractions(): void {
  const seen = new Map<number, number>();
  let last = performance.now();
  window.told = {
    interactions: seen,
    frames: [],
    isWatched: false,
    // A method: a function with a name of its own would ask for a helper that the page does not have.
    next(now) {
      if (this.isWatched) this.frames.push(now - last);
      last = now;
      requestAnimationFrame((at) => this.next(at));
    },
  };
  requestAnimationFrame((at) => window.told.next(at));
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId = 0, duration } = entry as PerformanceEventTiming;
      if (interactionId > 0) seen.set(interactionId, Math.max(seen.get(interactionId) ?? 0, duration));
    }
    // reason: the DOM's types do not know the threshold
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}

type Told = {
  interactions: Map<number, number>;
  frames: number[];
  isWatched: boolean;
  next(now: number): void;
};
declare global {
  interface Window {
    told: Told;
  }
}

async function use(meeting: Meeting, speak: Speak, seated: Seated): Promise<Sample> {
  const device = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const page = await open(device, meeting, seated);
    await Promise.all([
      atPace(INCOMING.count, INCOMING.everyMs, (n) => speak(meeting, n)),
      seated.act(page).then(() => scroll(page)),
    ]);
    return await figuresOf(page);
  } finally {
    await device.close();
  }
}

async function open(device: Chromium, meeting: Meeting, seated: Seated): Promise<Page> {
  const { url, headers } = seated.browserOf(meeting);
  const context = await device.newContext({ viewport: seated.viewport, locale: 'zh-CN' });
  const [name = '', value = ''] = (headers()['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(watchInteractions);
  await page.goto(`${url}/sessions/${meeting.sessionId}`);
  await page.locator('article[data-seq]').first().waitFor();
  await page.locator('[data-connection=live]').waitFor();
  return page;
}

const PHONE: Seated = {
  viewport: { width: 360, height: 740 },
  browserOf: ({ guests: [first] }) => {
    if (first === undefined) throw new Error('nobody came');
    return first.browser;
  },
  act: async (page) => {
    await page.getByRole('button', { name: '发表意见', exact: true }).click();
    await page.getByRole('radio', { name: '建议', exact: true }).click();
    await type(page);
    await page.getByRole('button', { name: '发表', exact: true }).click();
    await page
      .getByText(/已送达 #\d+/)
      .first()
      .waitFor();
    for (const tab of ['议程', '意见']) await page.getByRole('tab', { name: tab }).click();
  },
};

const DESK: Seated = {
  viewport: { width: 1440, height: 900 },
  browserOf: ({ chair }) => chair,
  act: async (page) => {
    await type(page);
    for (const tab of ['投票', '办理事项', '纪要']) await page.getByRole('tab', { name: tab }).click();
    const roll = page.getByRole('region', { name: '人员' });
    await roll.hover();
    await wheel(page);
  },
};

/** Key by key, into the composer. */
async function type(page: Page): Promise<void> {
  const box = page.getByRole('textbox', { name: '意见内容' });
  await box.click();
  for (const letter of TYPED) await page.keyboard.press(letter);
  const written = await box.inputValue();
  if (written !== TYPED) throw new Error(`typed ${TYPED.length} characters, ${written.length} are there`);
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole('feed').locator('..').hover();
  await page.evaluate(() => void (window.told.isWatched = true));
  await wheel(page);
  await page.evaluate(() => void (window.told.isWatched = false));
}

async function wheel(page: Page): Promise<void> {
  for (let n = 0; n < WHEELS; n += 1) {
    await page.mouse.wheel(0, -400);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** INP of a visit: the longest interaction, leaving out one in fifty (web.dev/articles/inp). */
async function figuresOf(page: Page): Promise<Sample> {
  const { interactions, frames } = await page.evaluate(() => ({
    interactions: [...window.told.interactions.values()],
    frames: window.told.frames,
  }));
  const longest = [...interactions].sort((a, b) => b - a);
  return {
    'interaction to next paint': longest[Math.floor(longest.length / 50)] ?? NaN,
    'interaction p50': percentile(interactions, 0.5),
    interactions: interactions.length,
    'longest frame while scrolling': Math.max(...frames),
    'frame p95 while scrolling': percentile(frames, 0.95),
  };
}
