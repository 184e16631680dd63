import { describe, expect, it } from 'vitest';
import { filesFor, picture } from '../../testing/arbitrary-materials.ts';
import {
  ADMIN,
  as,
  AT,
  participantId,
  plan,
  questionId,
  seated,
  view,
  viewId,
} from '../../testing/builders.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { foldWord, type FoldedWords } from '../word-list.ts';
import { applyAll } from './apply.ts';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import { throughList, wordsAgainst } from './listed-words.ts';
import { moderationFor } from './my-moderation.ts';
import { roomSeenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const words: FoldedWords = [
  { key: foldWord('笨蛋'), act: 'mask' },
  { key: foldWord('拆迁款'), act: 'hold' },
  { key: foldWord('casino'), act: 'refuse' },
];
const FACTS = { words, at: AT };
const refused = (reason: string) => ({ ok: false, error: { reason } });
const post = (n: number, text: string): Command => ({ type: 'postView', view: { ...view(n), text } });

describe('the list of words in a meeting', () => {
  it('covers words before anything is stored, and says in how many places [X10]', () => {
    const t = seated({ open: true });
    t.must(as(3), post(1, '你这个笨 蛋，大笨蛋'), FACTS);
    expect(t.room().views[0]).toMatchObject({ text: '你这个＊＊，大＊＊', masked: 2 });
    expect(JSON.stringify(t.log)).not.toMatch(/笨|蛋/);
    t.must(as(3), { type: 'editView', viewId: viewId(1), text: '好好说' }, FACTS);
    expect(t.room().views[0]?.masked).toBeUndefined();
    t.must(as(3), { type: 'editView', viewId: viewId(1), text: '笨蛋！' }, FACTS);
    expect(t.room().views[0]).toMatchObject({ text: '＊＊！', masked: 1 });
    // What is replayed needs no list.
    const read = t.log.map((envelope) => Envelope.parse(JSON.parse(JSON.stringify(envelope))));
    expect(applyAll(EMPTY_ROOM, read)).toEqual(t.room());
    for (const { event } of t.log) {
      const { payload, personal } = splitPersonal(event);
      expect(joinPersonal(payload, personal)).toEqual(event);
    }
  });

  it('is asked of what is to be seen on pictures and of the place as of the words [X10] [J1]', () => {
    const t = seated({ open: true });
    const said = (alt: string, place: string): Command => {
      return { type: 'postView', view: { ...view(1), pictures: [{ ...picture(1), alt }], place } };
    };
    const given = (command: Command) => ({ ...FACTS, files: filesFor(t.room(), command) });
    const played = said('casino', '门口');
    expect(t.ask(as(3), played, given(played))).toMatchObject(refused('WORDS_NOT_TAKEN'));
    const held = said('笨蛋的车', '笨蛋路，拆迁款');
    t.must(as(3), held, given(held));
    expect(t.room().views).toEqual([]);
    t.must(as(5), { type: 'passView', viewId: viewId(1) });
    expect(t.room().views[0]).toMatchObject({
      pictures: [{ ...picture(1), alt: '＊＊的车' }],
      place: '＊＊路，拆迁款',
      masked: 2,
    });
    expect(JSON.stringify(t.log)).not.toContain('笨蛋');
  });

  it('stays told of what goes with the words when these are corrected [X10] [J2]', () => {
    const t = seated({ open: true });
    const post2: Command = {
      type: 'postView',
      view: { ...view(1), text: '笨蛋', pictures: [{ ...picture(1), alt: '笨蛋的车' }], place: '笨蛋路' },
    };
    t.must(as(3), post2, { ...FACTS, files: filesFor(t.room(), post2) });
    expect(t.room().views[0]).toMatchObject({ text: '＊＊', masked: 3, maskedBeside: 2 });
    t.must(as(3), { type: 'editView', viewId: viewId(1), text: '好好说' }, FACTS);
    expect(t.room().views[0]).toMatchObject({ text: '好好说', masked: 2 });
    t.must(as(3), { type: 'editView', viewId: viewId(1), text: '笨蛋' }, FACTS);
    expect(t.room().views[0]).toMatchObject({ masked: 3 });
    // A log from before pictures says nothing of them, and folds as it did.
    const old = t.log.map((envelope) => {
      if (envelope.event.type !== 'view:posted') return envelope;
      const { maskedBeside: _none, ...event } = envelope.event;
      return { ...envelope, event };
    });
    expect(applyAll(EMPTY_ROOM, old).views[0]).toMatchObject({ masked: 1 });
  });

  it('holds what has to be looked at, of everybody but those who moderate, and tells why [X10] [X3]', () => {
    const t = seated({ open: true });
    t.must(as(3), post(1, '笨蛋，拆迁款呢'), FACTS);
    expect(roomSeenBy(t.room()).views).toEqual([]);
    expect(moderationFor(t.room(), as(3)).mine).toMatchObject([
      { view: { text: '＊＊，拆迁款呢', masked: 1, byWord: true } },
    ]);
    t.must(as(5), { type: 'passView', viewId: viewId(1) });
    expect(t.room().views[0]).toMatchObject({ text: '＊＊，拆迁款呢', masked: 1 });
    t.must(as(0), { type: 'postView', view: { ...view(2), text: '说说拆迁款' } }, FACTS);
    expect(t.room().views).toHaveLength(2);
    t.must(as(3), post(3, '没有别的'), FACTS);
    const edit: Command = { type: 'editView', viewId: viewId(3), text: '拆迁款' };
    expect(t.ask(as(3), edit, FACTS)).toMatchObject(refused('WORDS_NEED_REVIEW'));
  });

  it('refuses what is not taken with what its author wrote, and nobody whom nothing is taken of [X10]', () => {
    const t = seated({ open: true });
    const asked = t.ask(as(3), post(1, '来玩 Ｃａｓｉｎｏ'), FACTS);
    expect(asked).toEqual({
      ok: false,
      error: { reason: 'WORDS_NOT_TAKEN', facts: { words: 'Ｃａｓｉｎｏ', field: 'words' } },
    });
    expect(t.ask(as(4), post(1, 'casino'), FACTS)).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'silenceAll' });
    expect(t.ask(as(3), post(1, 'casino'), FACTS)).toMatchObject(refused('ALL_SILENT'));
  });

  it('is asked of whatever else people read, and says in which field [X10]', () => {
    const t = seated({ open: true });
    const through = (command: Command, n = 1) => throughList(t.room(), as(n), { command, words });
    const sign = (reservation: string): Command => {
      return { type: 'signOutcome', sha256: 'a'.repeat(64), reservation };
    };
    expect(through(sign('笨蛋')).ok).toBe(true);
    expect(through(sign('笨蛋'))).toMatchObject({ value: { masked: 1, command: { reservation: '＊＊' } } });
    expect(through(sign('拆迁款'))).toMatchObject({
      error: { reason: 'WORDS_NEED_REVIEW', facts: { field: 'reservation' } },
    });
    const item = (title: string): Command => {
      return { type: 'addAgendaItem', before: null, item: { ...plan().agenda[0]!, title } };
    };
    // Of whoever runs the session nothing waits; it is covered, or not taken, as anybody's.
    expect(through(item('拆迁款怎么办'), 0)).toMatchObject({ value: { masked: 0, isHeld: false } });
    expect(through(item('笨蛋'), 0)).toMatchObject({ value: { command: { item: { title: '＊＊' } } } });
    expect(through(item('casino'), 0)).toMatchObject({
      error: { facts: { words: 'casino', field: 'item' } },
    });
    // A plan stands in lists as well, where nothing is covered.
    const planning = (more: object): Command => ({ type: 'planSession', plan: { ...plan(), ...more } });
    const asked = (more: object) => decide(EMPTY_ROOM, ADMIN, planning(more), { words });
    expect(asked({ background: '拆迁款' }).ok).toBe(true);
    expect(asked({ title: '笨蛋' })).toMatchObject({
      error: { reason: 'WORDS_NOT_TAKEN', facts: { words: '笨蛋', field: 'title' } },
    });
    const venues = plan().venues.map((venue) => ({ ...venue, name: 'casino' }));
    expect(asked({ venues })).toMatchObject({ error: { facts: { field: 'venue' } } });
    expect([
      wordsAgainst('笨蛋女士', words),
      wordsAgainst('拆迁款', words),
      wordsAgainst('张女士', words),
    ]).toEqual(['笨蛋', '拆迁款', '']);
  });

  it('is asked of what departments write too [X10] [D5]', () => {
    const t = seated({ open: true });
    t.must(as(3), {
      type: 'postView',
      view: view(1, { stance: 'question' }),
      questions: [{ id: questionId(1), to: participantId(2) }],
    });
    const take = (note: string): Command => ({
      type: 'takeQuestion',
      questionId: questionId(1),
      dueDays: 7,
      note,
    });
    expect(t.ask(as(2), take('拆迁款'), FACTS)).toMatchObject(refused('WORDS_NEED_REVIEW'));
    t.must(as(2), take('笨蛋'), FACTS);
    expect(t.room().questions?.[0]?.state).toMatchObject({ note: '＊＊' });
    expect(t.log.at(-1)?.event).toMatchObject({ masked: 1 });
  });
});
