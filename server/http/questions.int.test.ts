import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { browser } from '../testing/test-server.ts';
import { signInAs } from '../testing/test-house.ts';
import { convener, house, member, openOne, server, setPeopleStage, why } from '../testing/people-stage.ts';

setPeopleStage();

describe('questions to departments', () => {
  it('are put, answered, taken away, passed and closed over, and kept in a record that verifies [D3] [D4] [D8]', async () => {
    const { at, sessionId, seatIds } = await openOne();
    const department = await signInAs(browser(server.url), house, 'department');
    const to = seatIds[2];
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const views = Array.from({ length: 4 }, () => randomUUID());
    const ask = (n: number) => {
      const view = { id: views[n], stance: 'question', text: `第 ${n} 问`, replyTo: null };
      return member.send('POST', `${at}/views`, { ...view, questions: [{ id: ids[n], to }] });
    };
    const asked = await ask(0);
    expect(asked.body.events.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
      'view:posted',
      'question:put',
    ]);
    for (const n of [1, 2, 3]) expect(why(await ask(n))).toBe('done');
    const reply = { id: randomUUID(), toViews: [views[0]], commitment: 'cannot_do', text: '现行规划不允许' };
    const answered = await department.send('POST', `${at}/replies`, reply);
    expect(answered.body.events[1].event).toMatchObject({ type: 'question:answered', questionId: ids[0] });
    // What cannot be done is said with its reasons [D2].
    expect(
      why(await department.send('POST', `${at}/replies`, { ...reply, id: randomUUID(), text: ' ' })),
    ).toBe('FIELD_INVALID');
    const late = { dueDays: 731, note: '书面答复' };
    expect(why(await department.send('POST', `${at}/questions/${ids[1]}/promise`, late))).toBe(
      'FIELD_INVALID',
    );
    expect(
      why(await member.send('POST', `${at}/questions/${ids[1]}/promise`, { ...late, dueDays: 15 })),
    ).toBe('ROLE_MAY_NOT');
    expect(
      why(await department.send('POST', `${at}/questions/${ids[1]}/promise`, { ...late, dueDays: 15 })),
    ).toBe('done');
    const notOurs = { to: null, toName: '省公路局', why: '省道不归本县管理' };
    expect(why(await department.send('POST', `${at}/questions/${ids[2]}/pass`, notOurs))).toBe('done');
    expect(why(await convener.send('PUT', `${at}/questions/${ids[2]}/holder`, { to }))).toBe('done');
    expect(why(await member.send('DELETE', `${at}/questions/${ids[2]}`, {}))).toBe('done');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('QUESTIONS_OPEN');
    // A close that is refused leaves the text open.
    const { body: before } = await member.get(`${at}/snapshot`);
    expect(before.room.state).toBe('in_session');
    expect(why(await convener.send('POST', `${at}/close`, { waiver: '部门的同志提前离会' }))).toBe('done');
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    expect(archive.room.questions?.map(({ state }) => state.phase)).toEqual([
      'answered',
      'taken',
      'withdrawn',
      'open',
    ]);
    expect(archive.room.waiver?.why).toBe('部门的同志提前离会');
    const { body } = await member.get(`${at}/log?after=0`);
    const rows: LogRow[] = body.rows;
    expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true, rows: archive.seq });
    // What people wrote stands beside the chain.
    expect(JSON.stringify(rows.map(({ payload }) => payload))).not.toMatch(/书面答复|省公路局|提前离会/);
  });
});
