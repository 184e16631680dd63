import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { isGuest } from '../core/contract/access.ts';
import { LinkId, ParticipantId, SessionId, type AgendaItemId, type DocumentId } from '../core/domain/ids.ts';
import { JoinableRole, type Role } from '../core/domain/people.ts';
import { SessionPlan } from '../core/domain/sessions.ts';
import type { Command } from '../core/domain/room/commands.ts';
import type { Envelope } from '../core/domain/events.ts';
import type { Browser, Tap } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { freshKey } from './ask.ts';
import type { Account, World } from './world.ts';

/** Somebody in a session of the probe's own. */
export type Person = {
  readonly role: Role;
  readonly participantId: ParticipantId;
  readonly browser: Browser;
  /** Null for guests. */
  readonly account: Account | null;
};

/** A session of the probe's own. */
export type Stage = {
  readonly sessionId: SessionId;
  readonly documentId: DocumentId;
  readonly items: readonly AgendaItemId[];
  readonly chair: Person;
  readonly person: (alias: string) => Person;
  /** Lets one more guest in. */
  readonly guest: (
    role: JoinableRole,
    at?: { process?: number; tap?: Tap; name?: string },
  ) => Promise<Person>;
  readonly link: (role: JoinableRole) => Promise<{ id: LinkId; token: string }>;
  readonly does: (who: Person, asked: Command) => Promise<readonly Envelope[]>;
};

type Wish = {
  readonly title: string;
  /** Roles by alias: those who come by a link are let in as guests, everybody else has an account of that name. */
  readonly cast: Readonly<Record<string, Role>>;
  readonly opens: boolean;
  /** The same account in several sessions: whose accounts these are. */
  readonly purpose?: string;
  /** What its plan says otherwise. */
  readonly plan?: Partial<SessionPlan>;
};

/** Plans a session, brings its people and opens it. The person called host holds the chair. */
export async function makeStage(
  world: World,
  { title, cast, opens, purpose = 'cast', plan: over = {} }: Wish,
): Promise<Stage> {
  const sessionId = SessionId.parse(randomUUID());
  const plan = { ...planOf(sessionId, title), ...over };
  const people = await bringMembers(world, cast, purpose);
  const chair = found(people, 'host');
  await world.admin.call(sessionRoutes.planSession, {
    body: {
      plan,
      studioId: world.studioId,
      startsAt: null,
      roll: rollOf(people),
      hostId: chair.participantId,
    },
    key: freshKey(),
  });
  const { link, guest } = doorOf(world, sessionId);
  for (const [alias, role] of Object.entries(cast))
    if (isGuest(role)) people.set(alias, await guest(JoinableRole.parse(role)));
  const does: Stage['does'] = (who, asked) => command(who.browser, sessionId, asked, freshKey());
  await does(chair, { type: 'enterRoom' });
  if (opens) await does(chair, { type: 'openSession', why: '外部检验' });
  const items = plan.agenda.map((item) => item.id);
  const person = (alias: string) => found(people, alias);
  return { sessionId, documentId: plan.documentId, items, chair, person, guest, link, does };
}

/** Everybody who has an account, signed in. */
async function bringMembers(world: World, cast: Wish['cast'], purpose: string): Promise<Map<string, Person>> {
  const members = Object.entries(cast).filter(([, role]) => !isGuest(role));
  const brought = members.map(async ([alias, role]): Promise<[string, Person]> => {
    const account = await world.account(`${purpose}/${alias}`);
    const participantId = ParticipantId.parse(randomUUID());
    return [alias, { role, participantId, account, browser: account.browser }];
  });
  return new Map(await Promise.all(brought));
}

function rollOf(people: ReadonlyMap<string, Person>) {
  return [...people].flatMap(([alias, { role, participantId, account }]) => {
    // A form of address, which is not the name that the office knows them by.
    const seat = { id: participantId, role, name: `称呼 ${alias}`, affiliation: '', venueId: 'main' };
    return account === null ? [] : [{ ...seat, personId: account.personId }];
  });
}

/** How guests come in: by one link for each role. */
function doorOf(world: World, sessionId: SessionId): Pick<Stage, 'link' | 'guest'> {
  const links = new Map<JoinableRole, Promise<{ id: LinkId; token: string }>>();
  const link: Stage['link'] = (role) => {
    const made = links.get(role) ?? makeLink(world, sessionId, role);
    links.set(role, made);
    return made;
  };
  return {
    link,
    guest: async (role, { process, tap, name = '' } = {}) => {
      const browser = world.browser(process, tap);
      const { token } = await link(role);
      const body = { token, key: randomUUID(), consent: true as const, name, venueId: null };
      const { participantId } = await browser.call(accountRoutes.join, { body });
      return { role, participantId, browser, account: null };
    },
  };
}

function found(people: ReadonlyMap<string, Person>, alias: string): Person {
  const person = people.get(alias);
  if (person === undefined) throw new Error(`${alias} is not in the session`);
  return person;
}

/** A plan of a session with two agenda items. */
export function planOf(id: SessionId, title: string): SessionPlan {
  const item = { kind: 'exchange', speakerRole: 'any', minutes: 10 };
  return SessionPlan.parse({
    id,
    title: `外部检验：${title}`,
    mode: 'online',
    plannedMinutes: 20,
    background: '',
    source: { kind: 'mixed', detail: '', collected: 0 },
    studioName: '',
    documentId: randomUUID(),
    documentTitle: '检验文本',
    venues: [{ id: 'main', name: '主会场', kind: 'main' }],
    agenda: ['甲', '乙'].map((name) => ({ ...item, id: randomUUID(), title: name })),
  });
}

async function makeLink(
  { admin }: World,
  sessionId: SessionId,
  role: JoinableRole,
): Promise<{ id: LinkId; token: string }> {
  const id = LinkId.parse(randomUUID());
  const body = { id, role, venueId: null, maxUses: 1_000 };
  const { url } = await admin.call(sessionRoutes.createLink, { params: { sessionId }, body });
  return { id, token: new URL(url).hash.slice(1) };
}
