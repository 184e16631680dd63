import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, devices, type BrowserContext } from '@playwright/test';
import { z } from 'zod';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { LinkId } from '../core/domain/ids.ts';
import { randomUUID } from 'node:crypto';
import { command } from '../rehearsal/knock.ts';
import { ViewId } from '../core/domain/ids.ts';
import { freePort } from '../server/testing/free-port.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall, Meeting } from './hall.ts';
import { FLAGS, SLOWER_CPU } from './phone.ts';

const Seen = z.object({
  address: z.string(),
  performance: z.number(),
  accessibility: z.number(),
  contentMs: z.number(),
  scriptBytes: z.number(),
  aheadBytes: z.number(),
  styleBytes: z.number(),
});

/** Rows about what a phone has to load: Lighthouse's simulated slow phone on the join page and in the room. */
export function pageRows(hall: Hall): readonly Row[] {
  const units = {
    performance: 'of 100',
    accessibility: 'of 100',
    'content after': 'ms',
    script: 'KB',
    'script ahead': 'KB',
    style: 'KB',
  };
  const targets = [
    { figure: 'performance', atLeast: 90 },
    { figure: 'accessibility', atLeast: 95 },
  ];
  return [
    {
      name: 'the join page on a slow phone',
      units,
      contenders: [{ name: 'shangliang', run: () => look(hall, 'join') }],
      // What it fetches ahead of the room, once it is idle, is told apart.
      targets: [...targets, { figure: 'script', atMost: 120 }, { figure: 'style', atMost: 30 }],
    },
    {
      name: 'the room on a slow phone',
      units,
      contenders: [{ name: 'shangliang', run: () => look(hall, 'room') }],
      targets: [...targets, { figure: 'script', atMost: 200 }],
    },
    {
      name: 'from the code to the room over slow 4G',
      units: { door: 'ms', room: 'ms', writing: 'ms' },
      contenders: [{ name: 'shangliang', run: () => comeIn(hall) }],
      targets: [{ figure: 'room', atMost: 5_000 }],
    },
  ];
}

/** Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up; lines of Socket.io are not slowed. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

/**
 * A resident with an empty cache scans the code and presses as soon as there is something to press: milliseconds until the
 * door could be read, until the room was drawn and on its line, until there was a field to write in.
 */
async function comeIn(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(5);
  await speak(meeting);
  const [guest] = meeting.guests;
  if (guest === undefined) throw new Error('nobody came');
  const address = await joinAddress(meeting, guest.browser.url);
  const chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const context = await chrome.newContext({ ...devices['Pixel 5'], locale: 'zh-CN' });
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', SLOW_4G);
    await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
    const startedMs = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByLabel('怎么称呼您').fill('刘阿姨');
    const doorMs = performance.now() - startedMs;
    await page.getByRole('button', { name: '参与协商' }).click();
    await page.waitForFunction(() => performance.getEntriesByName('room-usable').length > 0);
    const roomMs = performance.now() - startedMs;
    await page.getByRole('button', { name: '发表意见', exact: true }).click();
    await page.getByRole('textbox', { name: '意见内容' }).waitFor();
    return { door: doorMs, room: roomMs, writing: performance.now() - startedMs };
  } finally {
    await chrome.close();
  }
}

async function look(hall: Hall, page: 'join' | 'room'): Promise<Sample> {
  const meeting = await hall.meet(5);
  await speak(meeting);
  const [guest] = meeting.guests;
  if (guest === undefined) throw new Error('nobody came');
  const { url } = guest.browser;
  const profile = await mkdtemp(join(tmpdir(), 'shangliang-phone-'));
  const port = await freePort();
  const phone = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: [...FLAGS, `--remote-debugging-port=${port}`],
  });
  try {
    if (page === 'room') await signIn(phone, guest.browser);
    const address =
      page === 'room' ? `${url}/sessions/${meeting.sessionId}` : await joinAddress(meeting, url);
    const { stdout } = await promisify(execFile)(process.execPath, [
      'bench/peers/lighthouse.mjs',
      address,
      String(port),
    ]);
    const seen = Seen.parse(JSON.parse(stdout));
    if (!seen.address.includes(page === 'room' ? meeting.sessionId : '/j'))
      throw new Error(`looked at ${seen.address}`);
    return {
      performance: seen.performance,
      accessibility: seen.accessibility,
      'content after': seen.contentMs,
      script: seen.scriptBytes / 1_024,
      'script ahead': seen.aheadBytes / 1_024,
      style: seen.styleBytes / 1_024,
    };
  } finally {
    await phone.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** A room with something in it: twenty views. */
async function speak({ sessionId, guests }: Meeting): Promise<void> {
  for (let n = 0; n < 20; n += 1) {
    const guest = guests[n % guests.length];
    const view = {
      id: ViewId.parse(randomUUID()),
      stance: 'info' as const,
      text: `情况说明 ${n}`,
      replyTo: null,
    };
    if (guest !== undefined)
      await command(guest.browser, sessionId, { type: 'postView', view }, randomUUID());
  }
}

async function signIn(
  phone: BrowserContext,
  browser: { url: string; headers: () => Readonly<Record<string, string>> },
) {
  const [name = '', value = ''] = (browser.headers()['cookie'] ?? '').split('=');
  await phone.addCookies([{ name, value, url: browser.url }]);
}

async function joinAddress({ sessionId, chair }: Meeting, url: string): Promise<string> {
  const body = { id: LinkId.parse(randomUUID()), role: 'resident' as const, venueId: null, maxUses: 5 };
  const link = await chair.call(sessionRoutes.createLink, { params: { sessionId }, body });
  return `${url}/j${new URL(link.url, url).hash}`;
}
