import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { officeRoutes } from '../core/contract/office.ts';
import type { BodyOf } from '../core/contract/route.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { digest } from '../core/domain/digest.ts';
import { PersonId, StudioId } from '../core/domain/ids.ts';
import { uuidOf } from '../core/domain/scenarios/names.ts';
import { openBrowser, type Browser, type Tap } from '../rehearsal/doors.ts';
import type { Book } from './book.ts';
import { createHealth, type Health } from './health.ts';
import { passwordOr, type Options } from './options.ts';

/** Accounts of the probe are of one unit, so that they can stand in for each other. */
export const UNIT = '检验单位';

/** An account of the probe's own, signed in. */
export type Account = {
  readonly personId: PersonId;
  readonly login: string;
  readonly password: string;
  /** As the office knows them: nobody in a session is told it. */
  readonly realName: string;
  readonly browser: Browser;
};

/** What every check works with. */
export type World = {
  readonly options: Options;
  readonly book: Book;
  readonly admin: Browser;
  /** Somebody of the office who is no administrator; null where none was named. */
  readonly staff: Browser | null;
  readonly studioId: StudioId;
  /** What the probe's studio was made with: the same again changes nothing. */
  readonly studio: BodyOf<typeof officeRoutes.createStudio>;
  readonly health: Health;
  /** An account for a purpose; made once in an installation, used again by the next run under another password. */
  readonly account: (purpose: string) => Promise<Account>;
  /** Disables the accounts that were used. */
  readonly leave: () => Promise<void>;
  /** A browser without a cookie, at one of the addresses. */
  readonly browser: (process?: number, tap?: Tap) => Browser;
  /** Another browser in which an account signs in. */
  readonly signIn: (account: Pick<Account, 'login' | 'password'>, process?: number) => Promise<Browser>;
};

/** Signs the office in and makes the probe's studio. */
export async function openWorld(options: Options, book: Book): Promise<World> {
  const told = () => undefined;
  const browser = (process = 0, tap?: Tap) =>
    openBrowser(options.urls[process % options.urls.length] ?? '', told, tap === undefined ? {} : { tap });
  const signIn: World['signIn'] = async ({ login, password }, process) => {
    const opened = browser(process);
    await opened.call(accountRoutes.signIn, { body: { login, password } });
    return opened;
  };
  const password = passwordOr(options.password);
  const admin = await signIn({ login: options.login, password });
  const staffPassword = process.env['PROBE_STAFF_PASSWORD'] ?? password;
  const staff =
    options.staffLogin === null ? null : await signIn({ login: options.staffLogin, password: staffPassword });
  const { orgId } = await admin.call(sessionRoutes.listAccounts, {});
  const studioId = StudioId.parse(uuidOf(`probe/${orgId}/studio`));
  const studio = { id: studioId, name: '外部检验（probe）', kind: 'probe' };
  await admin.call(officeRoutes.createStudio, { body: studio });
  const { accounts } = await admin.call(officeRoutes.listAccountRecords, {});
  const known = new Set(accounts.map(({ login }) => login));
  const provided = new Map<string, Promise<Account>>();
  return {
    options,
    book,
    admin,
    staff,
    studioId,
    studio,
    health: await createHealth(options),
    account: (purpose) => {
      const provider = { admin, signIn, known };
      const found = provided.get(purpose) ?? provide(provider, `${orgId}/${purpose}`);
      provided.set(purpose, found);
      return found;
    },
    leave: async () => {
      for (const one of await Promise.allSettled(provided.values()))
        if (one.status === 'fulfilled') await change(admin, one.value.personId, { isDisabled: true });
    },
    browser,
    signIn,
  };
}

type Provider = {
  readonly admin: Browser;
  readonly signIn: World['signIn'];
  /** Logins that are there already. */
  readonly known: ReadonlySet<string>;
};

async function provide({ admin, signIn, known }: Provider, purpose: string): Promise<Account> {
  const mark = digest(JSON.stringify(['probe', purpose]));
  const login = `probe-${mark.slice(0, 20)}`;
  const password = randomUUID();
  const personId = PersonId.parse(uuidOf(`account/${login}`));
  const realName = `真名${mark.slice(20, 28)}`;
  if (known.has(login)) await change(admin, personId, { isDisabled: false, password });
  else {
    const body = { personId, name: realName, affiliation: UNIT, login, password };
    await admin.call(sessionRoutes.createAccount, { body });
  }
  const account = { personId, login, password, realName };
  return { ...account, browser: await signIn(account) };
}

function change(admin: Browser, personId: PersonId, body: { isDisabled: boolean; password?: string }) {
  return admin.call(officeRoutes.changeAccount, { params: { personId }, body });
}
