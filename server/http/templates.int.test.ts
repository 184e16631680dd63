import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planOf, signInAs } from '../testing/test-house.ts';
import { admin, convener, house, member, server, setPeopleStage, why } from '../testing/people-stage.ts';
import { browser } from '../testing/test-server.ts';

setPeopleStage();

const listed = async (who: typeof admin, id: string) => {
  const { sessions } = (await who.get('/api/sessions')).body;
  return sessions.some((session: { id: string }) => session.id === id);
};

describe('a private session', () => {
  it('is known to its people and the administrator, and to nobody else of the house [K2]', async () => {
    const staff = await signInAs(browser(server.url), house, 'staff');
    const { sessionId, body } = planOf(house);
    const plan = { ...body.plan, isPrivate: true, template: 'petition' };
    expect((await convener.send('POST', '/api/sessions', { ...body, plan })).status).toBe(200);
    const seen = await Promise.all([admin, convener, member, staff].map((who) => listed(who, sessionId)));
    expect(seen).toEqual([true, true, true, false]);
    const at = `/api/sessions/${sessionId}`;
    expect((await admin.get(at)).status).toBe(200);
    for (const path of ['', '/snapshot', '/events?after=0', '/links', '/archive'])
      expect(why(await staff.get(`${at}${path}`)), path).toBe('SESSION_UNKNOWN');
    const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 2 };
    expect(why(await convener.send('POST', `${at}/links`, link))).toBe('LINK_PERSONAL_ONLY');
    expect((await convener.send('POST', `${at}/links`, { ...link, maxUses: 1 })).status).toBe(200);
  });
});

describe('getPlan', () => {
  it('gives how a session was arranged and who was asked, and nothing that was said [K3]', async () => {
    const { sessionId, body } = planOf(house);
    await convener.send('POST', '/api/sessions', body);
    const at = `/api/sessions/${sessionId}`;
    const item = { id: randomUUID(), title: '补充议程', kind: 'exchange', speakerRole: 'any', minutes: 7 };
    await convener.send('POST', `${at}/agenda`, { item, before: null });
    const { body: earlier } = await convener.get(`${at}/plan`);
    expect(earlier.plan.agenda).toEqual([...body.plan.agenda, item]);
    expect(earlier.plan).not.toHaveProperty('id');
    expect(earlier.studioId).toBe(house.studioId);
    expect(earlier.roll.map(({ role }: { role: string }) => role).toSorted()).toEqual(
      body.roll.map(({ role }) => role).toSorted(),
    );
    expect(earlier.hostPersonId).toBe(house.personIds['convener']);
    expect((await admin.get(`${at}/plan`)).body).toEqual(earlier);
    expect((await member.get(`${at}/plan`)).status).toBe(403);
  });
});
