import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { digest } from '../core/domain/digest.ts';
import { LinkId, ParticipantId, PersonId, StudioId } from '../core/domain/ids.ts';
import type { JoinableRole } from '../core/domain/people.ts';
import { linkRoleOf } from '../core/domain/scenarios/casting.ts';
import { finding, type Finding } from '../core/domain/scenarios/happened.ts';
import { namingOf, shortNames, uuidOf } from '../core/domain/scenarios/names.ts';
import type { Scenario } from '../core/domain/scenarios/scenario.ts';
import type { Script } from '../core/domain/scenarios/script.ts';
import { DEMO_ADMIN, DEMO_OFFICE_STUDIO, DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { openBrowser, Refused, type Browser, type Manners, type Tap } from './doors.ts';
import type { Options } from './options.ts';

/** Somebody who plays a person of the file. */
export type Player = {
  readonly fileId: string;
  readonly name: string;
  readonly participantId: ParticipantId;
  readonly browser: Browser;
};

/** Everybody who could be brought to the room, and what was refused on the way. */
export type Cast = { readonly players: ReadonlyMap<string, Player>; readonly findings: readonly Finding[] };

type Setting = {
  readonly scenario: Scenario;
  readonly script: Script;
  readonly scope: string;
  readonly chair: string;
  readonly options: Pick<Options, 'urls' | 'password'>;
  readonly told: (note: string) => void;
  /** Who listens in on people, by their id in the file. */
  readonly taps?: ReadonlyMap<string, Tap>;
};
type FilePerson = Scenario['participants'][number];

function urlFor({ urls }: Pick<Options, 'urls'>, person: number): string {
  return urls[person % urls.length] ?? '';
}

/** Who signs in, and where. */
export type Credentials = Pick<Options, 'urls' | 'login' | 'password' | 'studioId'> & {
  readonly manners?: Partial<Manners>;
};

function openFor({ options, told, taps }: Setting, fileId: string, person: number): Browser {
  const tap = taps?.get(fileId);
  return openBrowser(urlFor(options, person), told, tap === undefined ? {} : { tap });
}

/** Signs the administrator in. */
export async function signInAdmin(options: Credentials, told: (note: string) => void) {
  const browser = openBrowser(options.urls[0] ?? '', told, options.manners);
  const body = { login: options.login ?? DEMO_ADMIN, password: options.password ?? DEMO_PASSWORD };
  const me = await browser.call(accountRoutes.signIn, { body });
  const studioId = StudioId.parse(options.studioId ?? me.convenes[0]?.id ?? DEMO_OFFICE_STUDIO.id);
  return { browser, studioId, personId: me.personId };
}
export type Admin = Awaited<ReturnType<typeof signInAdmin>>;

/** Makes accounts, plans the session, hands out links, and lets everybody in at the door. */
export async function castPlayers(admin: Admin, setting: Setting): Promise<Cast> {
  const { scenario } = setting;
  const members = scenario.participants.filter((person) => linkRoleOf(scenario, person.id) === null);
  const accounts = await provideAccounts(admin, members, setting);
  const findings = [...accounts.findings];
  const names = namingOf(setting.scope, scenario.id);
  const roll = accounts.players.map(({ person, personId }) => ({
    id: ParticipantId.parse(names('participant', person.id)),
    role: person.role,
    name: person.displayName,
    affiliation: person.org,
    venueId: venueOf(scenario, person),
    personId,
  }));
  const hostId = ParticipantId.parse(names('participant', setting.chair));
  await admin.browser.call(sessionRoutes.planSession, {
    body: { plan: setting.script.plan, studioId: admin.studioId, startsAt: null, roll, hostId },
    key: uuidOf(`${setting.scope}/plan`),
  });
  const players = new Map<string, Player>();
  for (const { person, browser } of accounts.players) {
    const participantId = ParticipantId.parse(names('participant', person.id));
    players.set(person.id, { fileId: person.id, name: person.displayName, participantId, browser });
  }
  const guests = await letGuestsIn(admin, setting);
  for (const player of guests.players) players.set(player.fileId, player);
  return { players, findings: [...findings, ...guests.findings] };
}

function venueOf(scenario: Scenario, person: FilePerson) {
  const venues = scenario.venues.map((venue) => venue.id);
  return shortNames(venues, 'venue')(person.venue ?? venues[0] ?? '');
}

/** Turns a refusal into a finding; anything else is no answer to compare with. */
export function refusalOf(what: string, error: unknown): Finding {
  if (!(error instanceof Refused)) throw error;
  const { code, reason, details } = error.error;
  const path = details['path'] === undefined ? '' : ` (${String(details['path'])})`;
  return finding(what, 'accepted', `${code} ${reason}${path}`);
}

/** Accounts are made once and kept: the same file played again signs the same people in. */
async function provideAccounts(admin: Admin, people: readonly FilePerson[], setting: Setting) {
  const { accounts } = await admin.browser.call(sessionRoutes.listAccounts, {});
  const known = new Set(accounts.map((account) => account.login));
  const secret = setting.options.password ?? DEMO_PASSWORD;
  const findings: Finding[] = [];
  const players: { person: FilePerson; personId: PersonId; browser: Browser }[] = [];
  for (const person of people) {
    const { displayName: name, org: affiliation } = person;
    const login = `r-${digest(JSON.stringify([setting.scenario.id, person.id, name, affiliation])).slice(0, 16)}`;
    const password = digest(JSON.stringify(['rehearsal', secret, login]));
    try {
      if (!known.has(login)) {
        const body = {
          personId: PersonId.parse(uuidOf(`account/${login}`)),
          name,
          affiliation,
          login,
          password,
        };
        await admin.browser.call(sessionRoutes.createAccount, { body });
      }
      const browser = openFor(setting, person.id, players.length);
      const me = await browser.call(accountRoutes.signIn, { body: { login, password } });
      players.push({ person, personId: me.personId, browser });
    } catch (error) {
      findings.push(refusalOf(`account of ${person.id}`, error));
    }
  }
  return { players, findings };
}

/** One link for each role of guests, as one QR code on the wall; everybody scans it in their own browser. */
async function letGuestsIn(admin: Admin, setting: Setting) {
  const { scenario, script, scope } = setting;
  const guests = scenario.participants.flatMap((person) => {
    const role = linkRoleOf(scenario, person.id);
    return role === null ? [] : [{ person, role }];
  });
  const tokens = new Map<JoinableRole, string>();
  for (const role of new Set(guests.map((guest) => guest.role))) {
    const id = LinkId.parse(namingOf(scope, scenario.id)('link', role));
    const maxUses = guests.filter((guest) => guest.role === role).length;
    const body = { id, role, venueId: null, maxUses };
    const link = await admin.browser.call(sessionRoutes.createLink, {
      params: { sessionId: script.plan.id },
      body,
    });
    tokens.set(role, new URL(link.url, admin.browser.url).hash.slice(1));
  }
  const findings: Finding[] = [];
  const players: Player[] = [];
  for (const { person, role } of guests) {
    const browser = openFor(setting, person.id, players.length);
    const body = {
      token: tokens.get(role) ?? '',
      key: randomUUID(),
      consent: true as const,
      name: person.displayName,
      venueId: venueOf(scenario, person),
    };
    try {
      const { participantId } = await browser.call(accountRoutes.join, { body });
      players.push({ fileId: person.id, name: person.displayName, participantId, browser });
    } catch (error) {
      findings.push(refusalOf(`${person.id} joins by the link for ${role}`, error));
    }
  }
  return { players, findings };
}
