import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { sessionRoutes } from '../../core/contract/sessions.ts';
import {
  AgendaItemId,
  DocumentId,
  OrgId,
  ParticipantId,
  PersonId,
  SessionId,
  StudioId,
} from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import type { PrismaClient } from '../db/generated/client.ts';
import { createPasswords } from '../services/passwords.ts';
import type { Browser } from './test-server.ts';

/** The password of everybody in a test house. */
export const PASSWORD = 'a long test password';
let hashed: Promise<string> | undefined;

/** An institution with one studio, an administrator, a convener and members, who can all sign in. */
export type House = {
  readonly orgId: OrgId;
  readonly studioId: StudioId;
  /** Logins end with it, so that several houses fit in one database. */
  readonly suffix: string;
  readonly personIds: Readonly<Record<string, PersonId>>;
};

const ACCOUNTS = ['admin', 'staff', 'convener', 'member', 'department', 'stranger'] as const;
export type AccountName = (typeof ACCOUNTS)[number];

export async function buildHouse(prisma: PrismaClient): Promise<House> {
  hashed ??= createPasswords().hash(PASSWORD);
  const passwordHash = await hashed;
  const suffix = randomUUID().slice(0, 8);
  const orgId = OrgId.parse(randomUUID());
  const studioId = StudioId.parse(randomUUID());
  await prisma.org.create({ data: { id: orgId, name: '测试政协', kind: 'cppcc' } });
  await prisma.studio.create({ data: { id: studioId, orgId, name: '测试工作室', kind: '综合' } });
  const personIds: Record<string, PersonId> = {};
  for (const name of ACCOUNTS) {
    const id = PersonId.parse(randomUUID());
    personIds[name] = id;
    const office = name === 'admin' || name === 'staff' ? name : null;
    await prisma.person.create({
      data: { id, orgId, name: `人 ${name}`, login: `${name}-${suffix}`, passwordHash, office },
    });
  }
  const convener = personIds['convener'] ?? '';
  await prisma.studioMember.create({ data: { studioId, personId: convener, isConvener: true } });
  return { orgId, studioId, suffix, personIds };
}

/** Signs a browser in as somebody of the house. */
export async function signInAs(one: Browser, house: House, name: AccountName): Promise<Browser> {
  const { status } = await one.send('POST', '/api/sign-in', {
    login: `${name}-${house.suffix}`,
    password: PASSWORD,
  });
  if (status !== 200) throw new Error(`${name} could not sign in: ${status}`);
  return one;
}

/** What is sent through the door of a step of a meeting: nobody in a test waits for members, or for the hour. */
export const stepBody = (step: string) => (step === 'open' ? { why: '测试' } : {});

type PlanBody = z.input<typeof sessionRoutes.planSession.body>;

/** A session that the house plans: a convener in the chair, a member and a department on the roll. */
export function planOf(house: House) {
  const sessionId = SessionId.parse(randomUUID());
  const itemId = AgendaItemId.parse(randomUUID());
  const seat = (name: string, role: Role) => ({
    id: ParticipantId.parse(randomUUID()),
    role,
    name: `与会 ${name}`,
    affiliation: '',
    venueId: 'main',
    personId: PersonId.parse(house.personIds[name]),
  });
  const roll = [seat('convener', 'convener'), seat('member', 'member'), seat('department', 'department')];
  const body: PlanBody = {
    plan: {
      id: sessionId,
      title: '小学门口的交通',
      mode: 'hybrid',
      plannedMinutes: 90,
      background: '',
      source: { kind: 'masses', detail: '', collected: 3 },
      studioName: '测试工作室',
      documentId: DocumentId.parse(randomUUID()),
      documentTitle: '协商意见',
      venues: [
        { id: 'main', name: '主会场', kind: 'main' },
        { id: 'branch', name: '分会场', kind: 'branch' },
      ],
      agenda: [{ id: itemId, title: '开场', kind: 'opening', speakerRole: 'any', minutes: 5 }],
    },
    studioId: house.studioId,
    startsAt: '2026-11-21T08:00:00.000Z',
    roll,
    hostId: null,
  };
  return { sessionId, itemId, body, seatIds: roll.map(({ id }) => id) };
}
