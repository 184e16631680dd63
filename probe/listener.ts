import { accountRoutes } from '../core/contract/accounts.ts';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { officeRoutes } from '../core/contract/office.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { ROLES } from '../core/domain/people.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { ask } from './ask.ts';
import { findForm, findWords, type Recorder } from './recorder.ts';
import type { World } from './world.ts';

/** Somebody whose every answer and frame was kept. */
type Listener = { readonly who: string; readonly browser: Browser; readonly recorder: Recorder };

/** What nobody in a session may be sent, by what it is called. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['addresses of computers', /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|::ffff:|::1\b/],
  ['hashes of passwords', /scrypt\$|\$2[aby]\$|\$argon2/],
  ['telephone numbers', /(?<!\d)1[3-9]\d{9}(?!\d)/],
  ['mail addresses', /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  [
    'fields that are nobody else’s',
    /"(personId|login|password\w*|phone|email|openid|ip|address|userAgent|token|cookie|salt_?key)":/i,
  ],
];

/** Every page that can be read, whether one may or not. */
export async function readEverything(browser: Browser, sessionId: SessionId): Promise<void> {
  const routes = Object.values(ALL_ROUTES).filter(({ method }) => method === 'GET');
  for (const route of routes) {
    const after = /\/(events|log)$/.test(route.path) ? { query: { after: 0 } } : {};
    await ask(browser, route, { params: { sessionId }, ...after });
  }
}

/** Holds what somebody was sent against what they may not know of the others. */
export async function judgeListener(
  world: World,
  { who, browser, recorder }: Listener,
  meeting: { readonly sessionId: SessionId; readonly everybody: readonly Browser[] },
): Promise<void> {
  const { book, admin } = world;
  const clean = (what: string, found: readonly string[]) =>
    book.same('T10', `${what}, sent to a ${who}`, 'none', found.slice(0, 3).join('; ') || 'none');
  const bytes = recorder.records.reduce((sum, { text }) => sum + text.length, 0);
  book.told(
    'T10',
    `what a ${who} was sent`,
    `${recorder.records.length} answers and frames, ${Math.round(bytes / 1_024)} KB`,
  );
  const { accounts } = await admin.call(officeRoutes.listAccountRecords, {});
  // Logins of the demo that are words of the product as well stand everywhere.
  const words = new Set<string>([...ROLES, 'admin', 'staff']);
  const logins = accounts.map(({ login }) => login).filter((login) => !words.has(login));
  clean('login names', findWords(recorder, logins));
  const me = await browser.call(accountRoutes.me, {});
  const others = meeting.everybody.filter((other) => other !== browser);
  const guests = await Promise.all(
    others.map(async (other) => (await other.call(accountRoutes.me, {})).personId),
  );
  const ids = [...accounts.map(({ personId }) => personId), ...guests].filter((id) => id !== me.personId);
  clean('ids of other accounts', findWords(recorder, ids));
  clean('sign-ins of others', findWords(recorder, [...others, admin].map(signInOf)));
  // It is handed over once, in the header that scripts cannot read.
  clean(
    'their own sign-in, but as a cookie',
    findWords(recorder, [signInOf(browser)], (from) => from.endsWith('headers')),
  );
  const { links } = await admin.call(sessionRoutes.listLinks, { params: { sessionId: meeting.sessionId } });
  clean(
    'tokens of links',
    findWords(
      recorder,
      links.map(({ url }) => new URL(url).hash.slice(1)),
    ),
  );
  const rest = withoutOwn(recorder, world.options.urls);
  for (const [what, form] of FORMS) clean(what, findForm(rest, form));
}

/** Without what /api/me tells people of themselves, and the address that they typed. */
function withoutOwn({ tap, records }: Recorder, urls: readonly string[]): Recorder {
  const others = records.filter(({ from }) => !/ \/api\/(me|sign-in)$/.test(from));
  const hosts = urls.map((url) => new URL(url).host);
  const strip = (text: string) => hosts.reduce((left, host) => left.replaceAll(host, '…'), text);
  return { tap, records: others.map(({ from, text }) => ({ from, text: strip(text) })) };
}

function signInOf(browser: Browser): string {
  return browser.headers()['cookie']?.split('=')[1] ?? '';
}
