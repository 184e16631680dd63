import type { Browser } from '@playwright/test';
import { DESK, openBrowser, type Visitor } from '../support/people.ts';

/** A browser of somebody's own, at the address of one of the processes. */
export type Device = Visitor & { readonly url: string; readonly isPhone: boolean };

const PHONE = { width: 360, height: 740 } as const;

/** Browsers that stay open from one meeting to the next: opening one costs more than a meeting does in it. */
export type Devices = {
  /** One that nobody uses; half of each kind go to either process. */
  readonly take: (kind: 'desk' | 'phone') => Promise<Device>;
  /** Everybody gets up: nothing of them stays in any browser. */
  readonly wipe: () => Promise<void>;
};

/** Browsers at these processes, opened as they are needed. */
export function createDevices(browser: Browser, urls: readonly string[]): Devices {
  const free = { desk: [] as Device[], phone: [] as Device[] };
  const opened = { desk: 0, phone: 0 };
  const used: Device[] = [];
  const open = async (kind: 'desk' | 'phone'): Promise<Device> => {
    const url = urls[opened[kind]++ % urls.length] ?? '';
    const visitor = await openBrowser(browser, kind === 'phone' ? PHONE : DESK);
    await visitor.page.emulateMedia({ reducedMotion: 'reduce' });
    return { ...visitor, url, isPhone: kind === 'phone' };
  };
  return {
    take: async (kind) => {
      // Taken before anything is waited for: two who come together get two.
      const device = free[kind].shift() ?? (await open(kind));
      used.push(device);
      return device;
    },
    wipe: async () => {
      const left = used.splice(0);
      await Promise.all(left.map(forget));
      for (const device of left) free[device.isPhone ? 'phone' : 'desk'].push(device);
    },
  };
}

/** Leaves the page and forgets the sign-in, the drafts and the texts that it kept. */
async function forget({ context, page, url }: Device): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await context.clearCookies();
  const line = await context.newCDPSession(page);
  await line.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' });
  await line.detach();
}
