import { readFile } from 'node:fs/promises';
import { chromium, type Browser as Chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { saidCounts } from '../core/domain/room/earlier.ts';
import type { Row, Sample } from './frame.ts';
import type { Meeting } from './hall.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
/** Two hours of two views a second, said as fast as the room takes them. */
const SAID = 2 * 60 * 60 * 2;
const AT_ONCE = 16;
const MIB = 1_024 * 1_024;
const Processes = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.int(), cpuTime: z.number() })),
});

/** What a tab holds that has been open from the first view to the last of a long session. */
export function tabMemoryRow(
  meet: () => Promise<Meeting>,
  speak: (meeting: Meeting, n: number) => Promise<void>,
): Row {
  return {
    name: 'a tab that was open for two hours of 2 views a second',
    units: { 'tab memory': 'MB', 'tab memory at first': 'MB', heap: 'MB', 'cards in the page': '' },
    contenders: [{ name: 'shangliang', run: async () => stay(await meet(), speak) }],
    targets: [{ figure: 'tab memory', atMost: 250 }],
  };
}

async function stay(
  meeting: Meeting,
  speak: (meeting: Meeting, n: number) => Promise<void>,
): Promise<Sample> {
  const device = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const page = await open(device, meeting);
    const first = await heldBy(device, page);
    let next = 0;
    const talk = async () => {
      for (let n = next++; n < SAID; n = next++) await speak(meeting, n);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, talk));
    await heardAll(page, meeting);
    const last = await heldBy(device, page);
    return {
      'tab memory': last.megabytes,
      'tab memory at first': first.megabytes,
      heap: last.heap,
      'cards in the page': await page.locator('article[data-seq]').count(),
    };
  } finally {
    await device.close();
  }
}

async function open(device: Chromium, { sessionId, guests: [first] }: Meeting): Promise<Page> {
  if (first === undefined) throw new Error('nobody came');
  const { url, headers } = first.browser;
  const context = await device.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  const [name = '', value = ''] = (headers()['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/sessions/${sessionId}`);
  await page.locator('[data-connection=live]').waitFor();
  return page;
}

/** The page says how many views there are: as many as the log has. */
async function heardAll(page: Page, { chair, sessionId }: Meeting): Promise<void> {
  const { room } = await chair.call(sessionRoutes.getSnapshot, { params: { sessionId } });
  const { views } = saidCounts(room);
  await page.getByText(`${views} 条`, { exact: true }).first().waitFor({ timeout: 60_000 });
}

/** After a collection: what the tab's process has for itself alone, and its JavaScript heap. */
async function heldBy(device: Chromium, page: Page): Promise<{ megabytes: number; heap: number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const all = await device.newBrowserCDPSession();
  const { processInfo } = Processes.parse(await all.send('SystemInfo.getProcessInfo'));
  const [tab] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((one, other) => other.cpuTime - one.cpuTime);
  if (tab === undefined) throw new Error('the tab has no process');
  const rollup = await readFile(`/proc/${tab.id}/smaps_rollup`, 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].map(([, kb]) => Number(kb));
  return { megabytes: kilobytes.reduce((sum, kb) => sum + kb, 0) / 1_024, heap: usedSize / MIB };
}
