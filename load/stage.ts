import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { officeRoutes } from '../core/contract/office.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { LinkId, ParticipantId, PersonId, type DocumentId, type SessionId } from '../core/domain/ids.ts';
import { SessionPlan } from '../core/domain/sessions.ts';
import { uuidOf } from '../core/domain/scenarios/names.ts';
import { signInAdmin, type Credentials } from '../rehearsal/cast.ts';
import { openBrowser, Refused, type Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';

/** Stands before the title of every session that is made for a test: nobody takes it for a meeting. */
const TEST_TITLE = '【压力测试】';

/** Somebody with an account who writes the text. */
export type Editor = { readonly name: string; readonly browser: Browser };

/** A session made for a test, open, with its chair, its editors, and a link for everybody else. */
export type Stage = {
  readonly sessionId: SessionId;
  readonly documentId: DocumentId;
  readonly chair: Browser;
  readonly editors: readonly Editor[];
  readonly linkToken: string;
  /** Takes back the accounts that were lent to the editors. */
  readonly leave: () => Promise<void>;
};

export type StageWish = {
  readonly credentials: Credentials;
  readonly editors: number;
  readonly people: number;
  readonly told: (note: string) => void;
};

type Lent = Editor & { readonly personId: PersonId };
type Admin = Awaited<ReturnType<typeof signInAdmin>>;

/** Makes a session of its own and opens it. There is no way to send virtual people into any other. */
export async function openStage(wish: StageWish): Promise<Stage> {
  const admin = await signInAdmin(wish.credentials, wish.told);
  const accounts: Lent[] = [];
  const leave = async () => {
    for (const { personId } of accounts) await changeAccount(admin, personId, { isDisabled: true });
  };
  try {
    await lendAccounts(admin, wish, accounts);
    return { ...(await planAndOpen(admin, wish.people, accounts)), leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** A session for a test with whoever is signed in as its chair, and open. */
export async function planAndOpen(
  admin: Admin,
  people: number,
  accounts: readonly Lent[],
): Promise<Omit<Stage, 'leave'>> {
  const plan = planOf();
  const seat = (personId: PersonId, role: 'convener' | 'member', name: string) => ({
    id: ParticipantId.parse(randomUUID()),
    role,
    name,
    affiliation: '',
    venueId: 'main',
    personId,
  });
  const roll = [
    seat(admin.personId, 'convener', '压力测试召集人'),
    ...accounts.map(({ personId, name }) => seat(personId, 'member', name)),
  ];
  const body = { plan, studioId: admin.studioId, startsAt: null, roll, hostId: roll[0]?.id ?? null };
  await admin.browser.call(sessionRoutes.planSession, { body, key: randomUUID() });
  await command(admin.browser, plan.id, { type: 'enterRoom' }, randomUUID());
  await command(admin.browser, plan.id, { type: 'openSession', why: '压力测试' }, randomUUID());
  return {
    sessionId: plan.id,
    documentId: plan.documentId,
    chair: admin.browser,
    // Without an office nobody makes accounts: then the convener alone writes.
    editors: accounts.length > 0 ? accounts : [{ name: '压力测试召集人', browser: admin.browser }],
    linkToken: await makeLink(admin.browser, plan.id, people),
  };
}

async function makeLink(chair: Browser, sessionId: SessionId, people: number): Promise<string> {
  const id = LinkId.parse(randomUUID());
  const body = { id, role: 'resident' as const, venueId: null, maxUses: Math.min(5_000, people + 10) };
  const link = await chair.call(sessionRoutes.createLink, { params: { sessionId }, body });
  return new URL(link.url, chair.url).hash.slice(1);
}

/** Accounts of earlier tests are used again, each time under a new password; the convener of a studio has none to lend. */
async function lendAccounts(
  admin: Admin,
  { credentials, editors, told }: StageWish,
  lent: Lent[],
): Promise<void> {
  for (let n = 1; n <= editors; n += 1) {
    const personId = PersonId.parse(uuidOf(`load/editor/${admin.personId}/${n}`));
    const login = `load-editor-${personId.slice(0, 8)}`;
    const [name, password] = [`压力测试委员 ${n}`, randomUUID()];
    try {
      const body = { personId, name, affiliation: '', login, password };
      await admin.browser.call(sessionRoutes.createAccount, { body });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.error.code === 'FORBIDDEN') return;
      await changeAccount(admin, personId, { isDisabled: false, password });
    }
    const home = credentials.urls[n % credentials.urls.length] ?? '';
    const browser = openBrowser(home, told, credentials.manners);
    lent.push({ name, browser, personId });
    await browser.call(accountRoutes.signIn, { body: { login, password } });
  }
}

function changeAccount(admin: Admin, personId: PersonId, body: { isDisabled: boolean; password?: string }) {
  return admin.browser.call(officeRoutes.changeAccount, { params: { personId }, body });
}

function planOf() {
  return SessionPlan.parse({
    id: randomUUID(),
    title: `${TEST_TITLE}${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
    mode: 'online',
    plannedMinutes: 60,
    background: '这场会由压力测试程序建立，与会者都是虚拟的，内容没有意义。',
    source: { kind: 'mixed', detail: '', collected: 0 },
    studioName: '',
    documentId: randomUUID(),
    documentTitle: '压力测试文本',
    venues: [{ id: 'main', name: '主会场', kind: 'main' }],
    agenda: [{ id: randomUUID(), title: '互动交流', kind: 'exchange', speakerRole: 'any', minutes: 60 }],
  });
}
