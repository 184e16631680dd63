import type { Me } from '../../../core/contract/accounts.ts';
import type { Studio } from '../../../core/contract/office.ts';
import type { EarlierPlan } from '../../../core/contract/sessions.ts';
import type { Role } from '../../../core/domain/people.ts';
import type { TemplateName } from '../../../core/domain/sessions.ts';
import { TEMPLATES } from '../../../core/domain/templates.ts';
import { newId } from '../../lib/api.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Picked } from './people-picker.tsx';
import type { PlanWish } from './plan-body.ts';
import type { ArrangementWords } from './plan-draft.ts';

// What a plan begins with before anybody has said anything.

/** The studio of the earlier session, else one of one's own, else the first. */
export function firstStudio(
  { convenes }: Me,
  studios: readonly Studio[],
  earlier: EarlierPlan | null,
): string {
  const same = studios.find(({ id }) => id === earlier?.studioId)?.id;
  return same ?? studios.find(({ id }) => convenes.some((own) => own.id === id))?.id ?? studios[0]?.id ?? '';
}

/** Whoever convenes the studio convenes its sessions; the office stands in for a studio without anybody. */
export function convenersFor(me: Me, studio: Studio | undefined): readonly PlanWish['convener'][] {
  const conveners = studio?.conveners ?? [];
  return conveners.some(({ personId }) => personId === me.personId) ? [me] : [...conveners, me];
}

/** The same ids in the same order each time the form is sent: a press whose answer was lost plans no second session. */
export function createIds(): () => () => string {
  const made: string[] = [];
  return () => {
    let next = 0;
    return () => {
      const id = made[next] ?? newId();
      made[next] = id;
      next += 1;
      return id;
    };
  };
}

/** Who is asked to a session of a studio: its members. */
export function membersOf(studio: Studio | undefined): Picked {
  return new Map((studio?.members ?? []).map((personId) => [personId, 'member']));
}

/** Who was asked to an earlier session; whoever convened it convenes this one by right, not by a tick. */
export function rollOf({ roll }: EarlierPlan): Picked {
  return new Map(roll.map(({ personId, role }) => [personId, role === 'convener' ? 'member' : role]));
}

/** Whom such a meeting is held with and who is not asked yet; residents come by a code. */
export function missingRoles(template: TemplateName | null, roles: ReadonlySet<Role>): readonly Role[] {
  if (template === null) return [];
  return TEMPLATES[template].roles.filter((role) => role !== 'resident' && !roles.has(role));
}

/** The words of the reader's language that go into a plan. */
export function wordsIn(t: Translate): ArrangementWords {
  return {
    venue: (kind, number) =>
      number === 1 && kind !== 'branch'
        ? t(`words:venue.${kind}`)
        : t('home:planning.venue', { venue: t(`words:venue.${kind}`), number }),
    item: ({ kind, name }) => t(name === undefined ? `words:agenda.${kind}` : `home:planning.named.${name}`),
  };
}
