import { describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { toEnvelope, verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { groupsOf } from '../../core/domain/room/groups.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { convener, member, openOne, setPeopleStage, view, why } from '../testing/people-stage.ts';

setPeopleStage();

describe('what is brought out', () => {
  it('is marked, merged, split and shown by doors, found by a filter, and kept in a record that verifies [C1] [C2] [C3] [C5]', async () => {
    const { at, sessionId } = await openOne();
    const said = [view('通学路太窄'), view('上学的路太窄'), view('多设护学岗')];
    for (const one of said) expect(why(await member.send('POST', `${at}/views`, one))).toBe('done');
    const [lead, same, other] = said.map(({ id }) => id);
    expect(why(await member.send('PUT', `${at}/views/${lead}/key-point`, {}))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.send('PUT', `${at}/views/${lead}/key-point`, {}))).toBe('done');
    expect(why(await convener.send('PUT', `${at}/views/${lead}/key-point`, {}))).toBe('MARKED_ALREADY');
    const found = await member.get(`${at}/views?before=9999&isKeyPoint=true`);
    expect(found.body.views.map(({ id }: { id: string }) => id)).toEqual([lead]);
    const merging = { lead, others: [same, other] };
    expect(why(await convener.send('POST', `${at}/merges`, merging))).toBe('done');
    expect(why(await convener.send('POST', `${at}/merges`, merging))).toBe('MERGED_ALREADY');
    expect(why(await convener.send('POST', `${at}/splits`, { lead, others: [other] }))).toBe('done');
    expect(why(await convener.send('PUT', `${at}/views/${other}/spotlight`, {}))).toBe('done');
    expect(why(await convener.send('PUT', `${at}/screen`, { scene: 'spotlight' }))).toBe('done');
    expect(why(await member.send('PUT', `${at}/screen`, { scene: 'auto' }))).toBe('ROLE_MAY_NOT');
    const { body: snapshot } = await member.get(`${at}/snapshot`);
    expect(snapshot.room).toMatchObject({ screen: 'spotlight', spotlight: { viewId: other } });
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    expect([...groupsOf(archive.room).others]).toEqual([[lead, [same]]]);
    expect(archive.room.merges?.map(({ what }) => what)).toEqual(['merged', 'split']);
    const rows: LogRow[] = (await member.get(`${at}/log?after=0`)).body.rows;
    expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true, rows: archive.seq });
    expect(applyAll(EMPTY_ROOM, rows.map(toEnvelope)).merges).toEqual(archive.room.merges);
  });
});
