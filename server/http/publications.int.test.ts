import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import {
  admin,
  convener,
  db,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  stranger,
  why,
} from '../testing/people-stage.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser, type Browser } from '../testing/test-server.ts';

setPeopleStage();

let at = '';
beforeEach(async () => {
  const opened = await openOne();
  at = `${opened.at}/publication`;
  const task = { id: randomUUID(), department: '交警大队', cooperating: [], dueDays: 30 };
  const said = { ...task, task: '划临时停车位', acceptance: '划好' };
  expect(why(await convener.send('POST', `${opened.at}/tasks`, said))).toBe('done');
  expect(why(await convener.get(at))).toBe('ARCHIVE_UNKNOWN');
  expect(why(await convener.send('POST', `${opened.at}/close`, {}))).toBe('done');
});
const act = (who: Browser, body: object) => who.send('POST', at, body);
const deskOf = async (who: Browser) => (await who.get(at)).body;
/** Asked for by the convener, released by the administrator; answers its address. */
const release = async (): Promise<string> => {
  expect(why(await act(convener, { act: 'asked', after: 0 }))).toBe('done');
  const { desk } = await deskOf(admin);
  const { body } = await act(admin, { act: 'released', after: 1, seen: desk.seen });
  return `/api/public/${body.slug}`;
};
const anybody = () => browser(server.url);

it('is released by another than whoever asked, by those who look after it only, and says what was seen [PP1] [PP4]', async () => {
  expect((await member.get(at)).body).toEqual({ slug: null, desk: null });
  expect(why(await act(member, { act: 'asked', after: 0 }))).toBe('ROLE_MAY_NOT');
  expect(why(await stranger.get(at))).toBe('SESSION_UNKNOWN');
  expect(why(await anybody().get(at))).toBe('SIGN_IN_NEEDED');
  expect(why(await act(convener, { act: 'asked', after: 0 }))).toBe('done');
  const { slug, desk } = await deskOf(convener);
  expect(why(await act(convener, { act: 'released', after: 1, seen: desk.seen }))).toBe('PAGE_BY_ANOTHER');
  expect(why(await act(admin, { act: 'released', after: 1, seen: '0'.repeat(64) }))).toBe('PAGE_ELSEWHERE');
  expect((await anybody().get(`/api/public/${slug}`)).status).toBe(404);
  const both = [1, 2].map(() => act(admin, { act: 'released', after: 1, seen: desk.seen }));
  expect((await Promise.all(both)).map(why).toSorted()).toEqual(['PAGE_ELSEWHERE', 'done']);
  const { status, body } = await anybody().get(`/api/public/${slug}`);
  expect([status, body]).toEqual([200, desk.page]);
  expect(body).toMatchObject({ title: '小学门口的交通', tasks: [{ department: '交警大队' }] });
  expect((await member.get(at)).body).toEqual({ slug, desk: null });
});

it('answers alike whether there is none, it is not released, or was withdrawn; a reason is given and kept [PP2] [PP5]', async () => {
  const page = await release();
  const { status, headers } = await anybody().get(page);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('public, no-cache');
  expect(headers.get('vary')).toBe('Accept-Encoding');
  const tag = headers.get('etag') ?? '';
  expect((await anybody().get(page, { 'if-none-match': tag })).status).toBe(304);
  expect((await act(convener, { act: 'withdrawn', after: 2, why: ' ' })).status).toBe(400);
  expect(why(await act(convener, { act: 'withdrawn', after: 2, why: '单位有误' }))).toBe('done');
  const gone = await anybody().get(page, { 'if-none-match': tag });
  for (const path of ['/api/public/000000000000', '/api/public/nothing', `/api/public/${randomUUID()}`]) {
    const never = await anybody().get(path);
    const { requestId: _id, ...told } = never.body;
    const { requestId: _other, ...toldOfGone } = gone.body;
    expect([never.status, told]).toEqual([gone.status, toldOfGone]);
    expect(never.headers.get('cache-control')).toBe(gone.headers.get('cache-control'));
  }
  expect(gone.status).toBe(404);
  const { acts } = (await deskOf(admin)).desk;
  expect(acts.map(({ act: done, name, why: said }: Record<string, string>) => [done, name, said])).toEqual([
    ['asked', '人 convener', ''],
    ['released', '人 admin', ''],
    ['withdrawn', '人 convener', '单位有误'],
  ]);
  // Once more it has the same address: what was printed leads there.
  expect(why(await act(admin, { act: 'asked', after: 3 }))).toBe('done');
  const { desk } = await deskOf(convener);
  expect(why(await act(convener, { act: 'released', after: 4, seen: desk.seen }))).toBe('done');
  expect((await anybody().get(page)).status).toBe(200);
  for (const change of ["update publication_act set why = ''", 'delete from publication_act'])
    await expect(db.pool.query(change)).rejects.toThrow('sealed');
});

it('withdraws nothing that nobody asked for, and takes no wish behind other acts than there are [PP1]', async () => {
  const staff = await signInAs(browser(server.url), house, 'staff');
  expect((await deskOf(staff)).desk.acts).toEqual([]);
  expect(why(await act(staff, { act: 'withdrawn', after: 0, why: '无' }))).toBe('PAGE_ELSEWHERE');
  expect(why(await act(staff, { act: 'asked', after: 7 }))).toBe('PAGE_ELSEWHERE');
  expect((await deskOf(staff)).slug).toBe(null);
});
