import type { Pool } from 'pg';
import { DOORS } from '../../core/contract/limits.ts';
import { Instant } from '../../core/domain/ids.ts';
import type { JoinableRole } from '../../core/domain/people.ts';
import { chairIn } from '../../core/domain/scenarios/casting.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { scriptOf } from '../../core/domain/scenarios/script.ts';
import type { PrismaClient } from '../../server/db/generated/client.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { DocumentLog } from '../../server/ports/document-log.ts';
import type { Rooms } from '../../server/ports/rooms.ts';
import { DEMO_OFFICE_STUDIO, DEMO_ORG, DEMO_PASSWORD, demoStudioId } from './demo.ts';
import { demoScenarios } from './files.ts';
import { ADMIN, DEMO_SCOPE, demoLinkId, peopleOf, STAFF } from './people.ts';
import { COURSES, startOf } from './courses.ts';
import { replay, type Stage } from './replay.ts';

/** What the seed needs of the world. */
export type SeedPorts = {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  /** A live engine that takes its time from this clock. */
  readonly roomsAt: (clock: Clock) => Rooms;
  readonly documentLog: Pick<DocumentLog, 'append' | 'claimClients' | 'heads'>;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly clock: Clock;
};

/** An arbitrary number that stands for "somebody is seeding" among advisory locks. */
const SEED_LOCK = 7_342_020;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GUESTS_PER_LINK = 500;

/**
 * Fills an empty installation with the demo. Several processes may start at once: one seeds, the others wait.
 * Every step may be done again, and the administrator comes last: with them the demo is whole, and is left alone.
 */
export async function seedDemo(ports: SeedPorts): Promise<{ readonly made: boolean }> {
  const holder = await ports.pool.connect();
  try {
    await holder.query(`set lock_timeout = '120s'`);
    await holder.query(`set statement_timeout = '120s'`);
    const wait = { text: 'select pg_advisory_lock($1)', values: [SEED_LOCK], query_timeout: 120_000 };
    await holder.query(wait);
    const admin = await ports.prisma.person.findUnique({
      where: { id: ADMIN.personId },
      select: { id: true },
    });
    if (admin !== null) return { made: false };
    // One hash for everybody: each costs as much as a sign-in.
    const passwordHash = await ports.hashPassword(DEMO_PASSWORD);
    await makeHouse(ports, passwordHash);
    await Promise.all(demoScenarios().map((scenario) => makeSession(ports, scenario)));
    await makeAdmin(ports, passwordHash);
    return { made: true };
  } finally {
    // A connection that is closed lets go of its lock and its settings.
    holder.release(true);
  }
}

function instant(milliseconds: number): Instant {
  return Instant.parse(new Date(milliseconds).toISOString());
}

async function makeHouse({ prisma }: SeedPorts, passwordHash: string): Promise<void> {
  const orgId = DEMO_ORG.id;
  const scenarios = demoScenarios();
  await prisma.org.createMany({ data: [{ ...DEMO_ORG, kind: 'cppcc' }], skipDuplicates: true });
  const studios = scenarios.map(({ studio }) => ({
    id: demoStudioId(studio.id ?? studio.name),
    orgId,
    name: studio.name,
    kind: studio.type,
  }));
  const office = { ...DEMO_OFFICE_STUDIO, orgId, kind: '综合' };
  await prisma.studio.createMany({ data: [office, ...studios], skipDuplicates: true });
  const people = scenarios.flatMap(peopleOf).map(({ personId, name, affiliation, login }) => ({
    id: personId,
    orgId: login === null ? null : orgId,
    name,
    affiliation: login === null ? '' : affiliation,
    login,
    passwordHash: login === null ? null : passwordHash,
    isGuest: login === null,
  }));
  const staff = {
    id: STAFF.personId,
    orgId,
    name: STAFF.name,
    login: STAFF.login,
    office: STAFF.office,
    passwordHash,
  };
  await prisma.person.createMany({ data: people, skipDuplicates: true });
  await prisma.person.createMany({ data: [staff], skipDuplicates: true });
  const members = scenarios.flatMap((scenario) =>
    peopleOf(scenario)
      .filter(({ role }) => role === 'convener' || role === 'host' || role === 'member')
      .map(({ personId, role }) => ({
        studioId: demoStudioId(scenario.studio.id ?? scenario.studio.name),
        personId,
        isConvener: role === 'convener',
      })),
  );
  await prisma.studioMember.createMany({ data: members, skipDuplicates: true });
}

async function makeSession(ports: SeedPorts, scenario: Scenario): Promise<void> {
  const course = COURSES[scenario.id];
  const chair = chairIn(scenario);
  if (course === undefined || chair === null)
    throw new Error(`the demo does not know when ${scenario.id} is held`);
  const { plan } = scriptOf(scenario, DEMO_SCOPE, chair);
  const known = await ports.prisma.session.findUnique({
    where: { id: plan.id },
    select: { id: true, startsAt: true },
  });
  const firstStart = Date.parse(ports.clock.now());
  // After a crash the times of the first attempt stand: what is already in the log was told by them.
  const startsAt = instant(known?.startsAt?.getTime() ?? startOf(scenario, course, firstStart));
  const plannedAt = instant(Math.min(Date.parse(startsAt), firstStart) - 3 * DAY);
  if (known === null) {
    await ports.prisma.session.create({
      data: {
        id: plan.id,
        orgId: DEMO_ORG.id,
        studioId: demoStudioId(scenario.studio.id ?? scenario.studio.name),
        title: plan.title,
        mode: plan.mode,
        state: 'scheduled',
        documentId: plan.documentId,
        startsAt,
        document: { create: { id: plan.documentId } },
      },
    });
  }
  await makeLinks(ports, scenario, course.stage);
  let now = plannedAt;
  const rooms = ports.roomsAt({ now: () => now });
  const setTime = (at: Instant) => {
    now = at;
  };
  await replay({ rooms, setTime, documentLog: ports.documentLog }, scenario, {
    plannedAt,
    startsAt,
    stage: course.stage,
  });
}

/** One link (QR code) for each role of guests. */
async function makeLinks({ prisma, clock }: SeedPorts, scenario: Scenario, stage: Stage): Promise<void> {
  const roles = peopleOf(scenario).flatMap((person) => person.linkRole ?? []);
  const used = (role: JoinableRole) =>
    stage === 'scheduled' ? 0 : roles.filter((other) => other === role).length;
  const { plan } = scriptOf(scenario, DEMO_SCOPE, chairIn(scenario) ?? '');
  const expiresAt = new Date(Date.parse(clock.now()) + DOORS.linkHours * HOUR);
  await prisma.joinLink.createMany({
    data: [...new Set(roles)].map((role) => ({
      id: demoLinkId(scenario, role),
      sessionId: plan.id,
      role,
      maxUses: GUESTS_PER_LINK,
      uses: used(role),
      expiresAt,
    })),
    skipDuplicates: true,
  });
}

async function makeAdmin({ prisma }: SeedPorts, passwordHash: string): Promise<void> {
  const { personId, name, login, office } = ADMIN;
  await prisma.person.create({
    data: {
      id: personId,
      orgId: DEMO_ORG.id,
      name,
      login,
      office,
      passwordHash,
      studios: { create: { studioId: DEMO_OFFICE_STUDIO.id, isConvener: true } },
    },
  });
}
