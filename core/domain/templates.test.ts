import { describe, expect, it } from 'vitest';
import { ADMIN, as, itemId, OFFICE, participant, personId, plan, table } from '../testing/builders.ts';
import { guardLink } from './links.ts';
import { ROLES } from './people.ts';
import { totalMinutes } from './room/agenda-time.ts';
import { meetingRulesOf } from './room/meeting-rules.ts';
import { floorRulesOf } from './room/state.ts';
import { DEFAULT_FLOOR_RULES } from './floor.ts';
import { guardAct } from './room/guards.ts';
import { SessionPlan, TemplateName } from './sessions.ts';
import { TEMPLATES } from './templates.ts';

/** A plan made of a template, as the planning page makes it. */
function planOf(name: TemplateName): SessionPlan {
  const { mode, venues, agenda, isPrivate, rules } = TEMPLATES[name];
  return SessionPlan.parse({
    ...plan(),
    mode,
    template: name,
    rules,
    plannedMinutes: totalMinutes(agenda),
    venues: venues.map((venue) => ({ ...venue, name: venue.id })),
    agenda: agenda.map(({ name: title, ...item }, n) => ({
      ...item,
      id: itemId(n),
      title: title ?? item.kind,
    })),
    ...(isPrivate ? { isPrivate } : {}),
  });
}

describe.each(TemplateName.options)('the template %s', (name) => {
  it('is a lawful plan that can be opened and led through to its end [K1]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: planOf(name) });
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: { ...participant(0, 'convener'), venueId: 'main' },
      personId: personId(0),
    });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
    for (const item of t.room().agenda) t.must(as(0), { type: 'moveAgenda', itemId: item.id });
    t.must(as(0), { type: 'closeSession' });
    expect(t.room().agenda.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('begins and ends with the host, gives every item time, and asks for whoever is to speak [K1]', () => {
    const { agenda, roles, venues } = TEMPLATES[name];
    expect([agenda[0]?.kind, agenda.at(-1)?.kind]).toEqual(['opening', 'closing']);
    for (const { minutes } of agenda) expect(minutes).toBeGreaterThan(0);
    // Guests come by a link; the host is named, or the convener.
    const known = [...roles, 'any', 'host', 'resident', 'recorder'];
    for (const { speakerRole } of agenda) expect(known).toContain(speakerRole);
    expect(roles.every((role) => ROLES.includes(role) && role !== 'observer')).toBe(true);
    expect(venues[0]).toEqual({ id: 'main', kind: 'main' });
  });

  it('sets the rules of its room: they hold when it is planned, are in the plan, and are handed on [K4]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: planOf(name), begins: 'draft' });
    const { rules } = TEMPLATES[name];
    expect(t.room().plan?.rules).toEqual(rules);
    expect(meetingRulesOf(t.room())).toEqual(rules);
    expect(floorRulesOf(t.room())).toEqual(rules.floor);
    // What a plan leaves open stays as somebody has set it.
    const { rules: _rules, ...bare } = planOf(name);
    t.must(ADMIN, { type: 'revisePlan', plan: bare });
    expect(floorRulesOf(t.room())).toEqual(rules.floor);
    // Those who are heard together have no more minutes than the meeting.
    const { budgets } = rules.floor ?? DEFAULT_FLOOR_RULES;
    const sum = Object.values(budgets).reduce((all: number, minutes) => all + (minutes ?? 0), 0);
    expect(sum).toBeLessThanOrEqual(totalMinutes(TEMPLATES[name].agenda));
  });
});

describe('a private session', () => {
  it('is there for the administrator and those with a seat only [K2]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: planOf('petition') });
    expect(guardAct(t.room(), ADMIN, 'room:read')).toMatchObject({ ok: true });
    expect(guardAct(t.room(), OFFICE, 'people:manage')).toMatchObject({
      error: { reason: 'SESSION_UNKNOWN' },
    });
  });

  it('has links for one person each, and none to watch by [K2]', () => {
    const secret = { isPrivate: true } as const;
    expect(guardLink(secret, { role: 'resident', maxUses: 1 }).ok).toBe(true);
    expect(guardLink(secret, { role: 'resident', maxUses: 2 }).ok).toBe(false);
    expect(guardLink(secret, { role: 'observer', maxUses: 1 }).ok).toBe(false);
    expect(guardLink({}, { role: 'observer', maxUses: 300 }).ok).toBe(true);
  });
});
