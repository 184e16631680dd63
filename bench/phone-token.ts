import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { tokenRoutes } from '../core/contract/box-doors.ts';
import type { BoxKey } from '../core/domain/polls/box.ts';
import type * as blinding from '../client/room/box/blinding.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { openBox } from './open-box.ts';
import { FLAGS, SLOWER_CPU } from './phone.ts';
import { percentile } from './stats.ts';

const PHONES = 5;

/** What a token costs a voter's own phone: a browser whose main thread is four times slower, cold each time. */
export function phoneTokenRow(hall: Hall): Row {
  return {
    name: 'a token of a ballot box on a phone',
    units: { blind: 'ms', 'unblind and verify': 'ms', both: 'ms', slowest: 'ms' },
    contenders: [{ name: 'shangliang', run: () => takeTokens(hall) }],
    targets: [{ figure: 'slowest', atMost: 1_500 }],
  };
}

async function takeTokens(hall: Hall): Promise<Sample> {
  const { sessionId, guests, chair } = await hall.meet(PHONES);
  const { pollId, key } = await openBox(chair, sessionId);
  const script = await bundled();
  const chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  try {
    const took: { readonly blind: number; readonly finalize: number }[] = [];
    for (const { browser, participantId } of guests) {
      const page = await (await chrome.newContext()).newPage();
      // Any page of a safe origin: what is reckoned is not the page's.
      await page.goto(`${browser.url}/healthz`);
      await page.evaluate(script);
      const line = await page.context().newCDPSession(page);
      await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
      const blinded = await blindOn(page, key);
      const { signature } = await browser.call(tokenRoutes.takeToken, {
        params: { sessionId, pollId },
        body: { blinded: blinded.value.blinded, voter: participantId },
      });
      const finalize = await finalizeOn(page, key, { blinded: blinded.value, signature });
      took.push({ blind: blinded.tookMs, finalize });
      await page.context().close();
    }
    const both = took.map(({ blind, finalize }) => blind + finalize);
    return {
      blind: percentile(
        took.map(({ blind }) => blind),
        0.5,
      ),
      'unblind and verify': percentile(
        took.map(({ finalize }) => finalize),
        0.5,
      ),
      both: percentile(both, 0.5),
      slowest: Math.max(...both),
    };
  } finally {
    await chrome.close();
  }
}

type InPage = { readonly phoneToken: typeof blinding };

function blindOn(page: Page, key: BoxKey) {
  return page.evaluate(async (one) => {
    const began = performance.now();
    const value = await (globalThis as unknown as InPage).phoneToken.blind(one);
    return { value, tookMs: performance.now() - began };
  }, key);
}

type ToFinalize = {
  readonly blinded: Awaited<ReturnType<typeof blinding.blind>>;
  readonly signature: string;
};

function finalizeOn(page: Page, key: BoxKey, { blinded, signature }: ToFinalize): Promise<number> {
  return page.evaluate(
    async (one) => {
      const began = performance.now();
      await (globalThis as unknown as InPage).phoneToken.finalized(one.key, one.blinded, one.signature);
      return performance.now() - began;
    },
    { key, blinded, signature },
  );
}

/** The page's own code for it, as the product's bundler writes it. */
async function bundled(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2020',
      lib: { entry: 'bench/phone-token-page.ts', formats: ['iife'], name: 'bundle' },
    },
  });
  const [first] = [made].flat();
  if (first === undefined || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}
