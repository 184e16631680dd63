import type { Browser } from '@playwright/test';
import { byKeys } from '../support/by-keys.ts';
import { DESK, openBrowser, type Visitor } from '../support/people.ts';

/** A browser of somebody's own, at the address of one of the processes. */
export type Device = Visitor & { readonly url: string; readonly kind: Kind; readonly isPhone: boolean };

/** A desk with or without a pointer, or a phone in the letters it comes with or in large ones. */
type Kind = 'desk' | 'keys' | 'phone' | 'large';

const PHONE = { width: 360, height: 740 } as const;

/** Browsers that stay open from one meeting to the next: opening one costs more than a meeting does in it. */
export type Devices = {
  /** One that nobody uses; half of each kind go to either process. */
  readonly take: (kind: Kind) => Promise<Device>;
  /** Everybody gets up: nothing of them stays in any browser. */
  readonly wipe: () => Promise<void>;
};

/** Browsers at these processes, opened as they are needed. */
export function createDevices(browser: Browser, urls: readonly string[]): Devices {
  const free: Record<Kind, Device[]> = { desk: [], keys: [], phone: [], large: [] };
  const opened: Record<Kind, number> = { desk: 0, keys: 0, phone: 0, large: 0 };
  const used: Device[] = [];
  const open = async (kind: Kind): Promise<Device> => {
    const url = urls[opened[kind]++ % urls.length] ?? '';
    const isPhone = kind === 'phone' || kind === 'large';
    const { context, page } = await openBrowser(browser, isPhone ? PHONE : DESK);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    return { context, page: kind === 'keys' ? await byKeys(page) : page, url, kind, isPhone };
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
      for (const device of left) free[device.kind].push(device);
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
