import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { accountRoutes } from '../core/contract/accounts.ts';
import type { ErrorBody } from '../core/contract/errors.ts';
import { Away, openBrowser, Refused } from './doors.ts';

const body = { login: 'somebody', password: 'something' };
const wrong = {
  code: 'UNAUTHENTICATED',
  reason: 'SIGN_IN_WRONG',
  message: 'no',
  details: {},
  requestId: 'r',
} satisfies ErrorBody;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function door(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  closing.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('openBrowser', () => {
  it('knocks again after an answer that is not in the words of our server', async () => {
    const answers = [
      [502, '<html>Bad Gateway</html>'],
      [408, ''],
      [401, JSON.stringify(wrong)],
    ] as const;
    let knocks = 0;
    const url = await door((_request, response) => {
      const [status, words] = answers[knocks] ?? [500, ''];
      knocks += 1;
      response.writeHead(status).end(words);
    });
    const browser = openBrowser(url, () => undefined);
    await expect(browser.call(accountRoutes.signIn, { body })).rejects.toThrow(Refused);
    expect(knocks).toBe(3);
  });

  it('says that nobody answers when nothing of ours comes in time', async () => {
    const url = await door((_request, response) => response.writeHead(504).end('later'));
    const browser = openBrowser(url, () => undefined, { patienceMs: 250 });
    await expect(browser.call(accountRoutes.signIn, { body })).rejects.toThrow(Away);
  });
});
