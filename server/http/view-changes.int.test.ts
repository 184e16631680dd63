import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyChain, type LogRow } from '../../core/domain/chain.ts';
import type { View } from '../../core/domain/views.ts';
import {
  convener,
  db,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  view,
  why,
} from '../testing/people-stage.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser, type Browser } from '../testing/test-server.ts';

setPeopleStage();

/** A session in progress in which the member has posted a view; the department is there as well. */
async function posted() {
  const { at, sessionId } = await openOne();
  const department = await signInAs(browser(server.url), house, 'department');
  const said = view('学校门口应设Ｋ＋Ｒ即停即走区');
  expect(why(await member.send('POST', `${at}/views`, said))).toBe('done');
  const one = `${at}/views/${said.id}`;
  const card = async (reader: Browser): Promise<View> => (await reader.get(one)).body;
  return { at, sessionId, department, one, card };
}

describe('a view after it was posted', () => {
  it('is endorsed by others, once each, and says so in every picture of the room [V6] [V7]', async () => {
    const { at, department, one, card } = await posted();
    const endorse = async (who: Browser) => why(await who.send('PUT', `${one}/endorsement`, {}));
    // Two at the same moment: one of them was first.
    const both = await Promise.all([endorse(department), endorse(department)]);
    expect(both.sort()).toEqual(['ENDORSED_ALREADY', 'done']);
    expect([await endorse(member), await endorse(convener)]).toEqual(['OWN_VIEW', 'CHAIR_STAYS_NEUTRAL']);
    expect((await card(member)).endorsedBy).toEqual([0]);
    const { room } = (await convener.get(`${at}/snapshot`)).body;
    expect([room.views[0].endorsedBy, room.endorsers.length]).toEqual([[0], 1]);
    expect((await member.get(`${at}/views?before=99`)).body).toMatchObject({
      seq: room.seq,
      views: [{ endorsedBy: [0] }],
    });
    expect(why(await department.send('DELETE', `${one}/endorsement`, {}))).toBe('done');
    expect((await card(convener)).endorsedBy).toEqual([]);
  });

  it('is corrected with what it said before, and found by its new words [V8] [V10]', async () => {
    const { at, department, one, card } = await posted();
    const words = '学校门口应设即停即走区，长50米';
    expect(why(await department.send('PATCH', one, { text: words }))).toBe('NOT_OWN_VIEW');
    expect(why(await member.send('PATCH', one, { text: words }))).toBe('done');
    expect(await card(department)).toMatchObject({
      text: words,
      edits: [{ text: '学校门口应设Ｋ＋Ｒ即停即走区' }],
    });
    const found = async (query: string) =>
      (await department.get(`${at}/views?before=99&${query}`)).body.views.length;
    expect(await found(`q=${encodeURIComponent('５０米')}`)).toBe(1);
    expect(await found(`q=${encodeURIComponent('k+r')}`)).toBe(0);
    expect([await found('venueId=main'), await found('venueId=branch')]).toEqual([1, 0]);
    expect(await found(`by=${randomUUID()}`)).toBe(0);
  });

  it('is withdrawn: its words leave the room and the archive, and the chain still holds for everybody [V9] [L4]', async () => {
    const { at, sessionId, one, card } = await posted();
    await member.send('PATCH', one, { text: '改过的话' });
    expect(why(await convener.send('DELETE', one, {}))).toBe('NOT_OWN_VIEW');
    expect(why(await member.send('DELETE', one, {}))).toBe('done');
    expect(await card(convener)).toMatchObject({ text: '', edits: [{ text: '' }] });
    const tells = async (who: Browser, path: string) =>
      /即停即走|改过的话/u.test(JSON.stringify((await who.get(at + path)).body));
    expect([await tells(member, '/events?after=0'), await tells(convener, '/events?after=0')]).toEqual([
      false,
      true,
    ]);
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    expect([await tells(member, '/archive'), await tells(convener, '/archive')]).toEqual([false, false]);
    const logs = await Promise.all(
      [member, convener].map(async (who): Promise<{ rows: LogRow[]; headHash: string }> => {
        return (await who.get(`${at}/log?after=0`)).body;
      }),
    );
    expect(logs.map(({ rows, headHash }) => verifyChain(sessionId, rows, headHash))).toMatchObject([
      { valid: true, erased: 2 },
      { valid: true, erased: 0 },
    ]);
    // What people write lies beside the chain.
    const open = await db.prisma.roomEvent.findMany({ where: { sessionId }, select: { payload: true } });
    expect(JSON.stringify(open)).not.toMatch(/即停即走|改过的话/u);
  });
});
