import { LinkId, ParticipantId, PersonId } from '../../core/domain/ids.ts';
import type { JoinableRole, Role } from '../../core/domain/people.ts';
import { linkRoleOf } from '../../core/domain/scenarios/casting.ts';
import { namingOf, uuidOf } from '../../core/domain/scenarios/names.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { DEMO_ADMIN } from './demo.ts';
import { demoScenarios } from './files.ts';

/** Somebody of the demo, in one scenario. */
export type DemoPerson = {
  readonly fileId: string;
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly affiliation: string;
  readonly role: Role;
  readonly venue: string | undefined;
  /** Null for guests. */
  readonly login: string | null;
  readonly linkRole: JoinableRole | null;
};

/** A sign-in that the server prints when it starts. */
export type DemoSignIn = { readonly login: string; readonly name: string; readonly what: string };

/** What keeps the ids of the demo apart from those of a rehearsal. */
export const DEMO_SCOPE = 'demo';
/** The scenario whose people sign in with short names: the one that is ready to begin. */
const FIRST = 's01';

export const ADMIN = {
  personId: PersonId.parse(uuidOf('shangliang/demo/person/admin')),
  name: '系统管理员',
  login: DEMO_ADMIN,
  office: 'admin',
} as const;
export const STAFF = {
  personId: PersonId.parse(uuidOf('shangliang/demo/person/staff')),
  name: '工作人员',
  login: 'staff',
  office: 'staff',
} as const;

/** The people of a scenario with their fixed ids and logins: convener, member1, member2 …, or s02-convener … */
export function peopleOf(scenario: Scenario): readonly DemoPerson[] {
  const names = namingOf(DEMO_SCOPE, scenario.id);
  const prefix = scenario.id.slice(0, 3);
  return scenario.participants.map((person) => {
    const linkRole = linkRoleOf(scenario, person.id);
    const peers = scenario.participants.filter((other) => other.role === person.role);
    const number = peers.length > 1 ? String(peers.indexOf(person) + 1) : '';
    const login = `${prefix === FIRST ? '' : `${prefix}-`}${person.role}${number}`;
    return {
      fileId: person.id,
      personId: PersonId.parse(names('person', person.id)),
      participantId: ParticipantId.parse(names('participant', person.id)),
      name: person.displayName,
      affiliation: person.org,
      role: person.role,
      venue: person.venue,
      login: linkRole === null ? login : null,
      linkRole,
    };
  });
}

/** The id of the link (QR code) of a role in a session of the demo. */
export function demoLinkId(scenario: Scenario, role: JoinableRole): LinkId {
  return LinkId.parse(namingOf(DEMO_SCOPE, scenario.id)('link', role));
}

/** The sign-ins worth printing: the office, and the people of the session that is ready to begin. */
export function demoSignIns(): readonly DemoSignIn[] {
  const [first] = demoScenarios();
  const people = first === undefined ? [] : peopleOf(first);
  return [
    { login: ADMIN.login, name: ADMIN.name, what: 'admin' },
    { login: STAFF.login, name: STAFF.name, what: 'staff' },
    ...people.flatMap(({ login, name, role }) => (login === null ? [] : [{ login, name, what: role }])),
  ];
}
