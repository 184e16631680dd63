import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ParticipantId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import type { Seat } from '../../core/domain/room/state.ts';
import { currentText, loadTexts, setLocale } from '../lib/i18n.ts';
import { areSameNames, nameOf } from './names.ts';

const id = (end: string) => ParticipantId.parse(`00000000-0000-4000-8000-${end.padStart(12, '0')}`);
const seat = (end: string, role: Role, name = ''): [ParticipantId, Seat] => [
  id(end),
  {
    id: id(end),
    role,
    name,
    affiliation: '',
    venueId: 'main',
    isGuest: name === '',
    enteredAt: null,
    removedAt: null,
  },
];
const room = (...seats: [ParticipantId, Seat][]) => Object.fromEntries(seats);

describe(nameOf, () => {
  beforeAll(async () => {
    Object.assign(globalThis, { document: { documentElement: { lang: '' } } });
    await loadTexts([]);
  });
  afterAll(() => setLocale('zh-CN', { choose: false }));

  it('calls people as they asked to be called', () => {
    const people = room(seat('a3f2', 'resident', '家长代表甲'), seat('b1', 'resident'));
    expect(nameOf(currentText(), people, id('a3f2'))).toBe('家长代表甲');
  });

  it("calls whoever's name was erased by role and number, in the reader's language [E4]", async () => {
    const people = room(seat('a3f2', 'resident'), seat('77', 'expert'));
    expect(nameOf(currentText(), people, id('a3f2'))).toBe('群众代表 · a3f2');
    expect(nameOf(currentText(), people, id('77'))).toBe('专家 · 0077');
    await setLocale('en', { choose: false });
    expect(nameOf(currentText(), people, id('a3f2'))).toBe("residents' representative · a3f2");
    await setLocale('zh-CN', { choose: false });
  });

  it('never gives two people of a session one number, whoever still has a name [E4]', () => {
    const people = room(
      seat('1a3f2', 'resident'),
      seat('2a3f2', 'resident'),
      seat('3b000', 'expert', '王教授'),
    );
    expect(nameOf(currentText(), people, id('1a3f2'))).toBe('群众代表 · 1a3f2');
    expect(nameOf(currentText(), people, id('2a3f2'))).toBe('群众代表 · 2a3f2');
    const many = room(
      ...Array.from({ length: 1_500 }, (_, n) =>
        seat(((n * 2_654_435_761) % 2 ** 32).toString(16), 'resident'),
      ),
    );
    const names = Object.values(many).map((one) => nameOf(currentText(), many, one.id));
    expect(new Set(names).size).toBe(1_500);
  });

  it('has a word for the office and for whoever is not on the roll', () => {
    expect(nameOf(currentText(), {}, 'office')).toBe('会务人员');
    expect(nameOf(currentText(), {}, id('1'))).toBe('不在名单中的人');
  });
});

describe(areSameNames, () => {
  it('takes a coming in for nothing new, a name, a role or somebody else for news', () => {
    const people = room(seat('1', 'resident', '甲'), seat('2', 'member', '乙'));
    const [mine, theirs]: [string, string] = [id('1'), id('2')];
    const entered = {
      ...people,
      [mine]: { ...seat('1', 'resident', '甲')[1], enteredAt: '2026-11-21T08:00:00.000Z' },
    };
    expect(areSameNames(people, entered)).toBe(true);
    expect(areSameNames(people, { ...people, [mine]: seat('1', 'resident', '')[1] })).toBe(false);
    expect(areSameNames(people, { ...people, [theirs]: seat('2', 'expert', '乙')[1] })).toBe(false);
    expect(areSameNames(people, room(seat('1', 'resident', '甲'), seat('3', 'member', '乙')))).toBe(false);
    expect(areSameNames(people, room(seat('1', 'resident', '甲')))).toBe(false);
  });
});
