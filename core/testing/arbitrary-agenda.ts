import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import { itemId } from './builders.ts';

const anItem = fc.nat({ max: 6 }).map(itemId);
const somewhere = fc.option(anItem);

/** Changes of the agenda, sensible or not. */
export const arranging: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ id: anItem, before: somewhere, minutes: fc.nat({ max: 20 }) })
    .map(({ id, before, minutes }): Command => ({
      type: 'addAgendaItem',
      item: { id, title: '补充议程', kind: 'exchange', speakerRole: 'any', minutes },
      before,
    })),
  anItem.map((item): Command => ({ type: 'removeAgendaItem', itemId: item })),
  fc
    .record({ item: anItem, before: somewhere })
    .map(({ item, before }): Command => ({ type: 'placeAgendaItem', itemId: item, before })),
  fc
    .record({ from: anItem, to: anItem, minutes: fc.integer({ min: 1, max: 12 }) })
    .map((moved): Command => ({ type: 'moveMinutes', ...moved })),
  // Mostly open, or the scripts would say nothing.
  fc
    .record({ item: anItem, posting: fc.constantFrom('all', 'all', 'all', 'questions', 'closed') })
    .map(({ item, posting }): Command => ({ type: 'setPosting', itemId: item, posting })),
);
