import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CursorPlace } from '../../core/contract/collab.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { stamp } from './stamp.ts';

const owner = { participantId: 'p', name: '委员A', role: 'member', color: '#123456' };
const stamped = (state: unknown): unknown => JSON.parse(stamp(JSON.stringify(state), owner) ?? '"refused"');
const at = (place: unknown) => ({ cursor: { anchor: place, head: place } });

const ROOT = { tname: TEXT_FRAGMENT };
/** Without what says nothing. */
const bare = (state: unknown): unknown =>
  JSON.parse(JSON.stringify(state, (_key, value: unknown) => (value === null ? undefined : value)));

describe(stamp.name, () => {
  it('passes on where an editor says that it stands', () => {
    const doc = new Y.Doc();
    typeInto(doc, '字');
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    const paragraph = fragment.get(0);
    if (!(paragraph instanceof Y.XmlElement)) throw new Error('no paragraph');
    const places = [
      Y.createRelativePositionFromTypeIndex(fragment, 0),
      Y.createRelativePositionFromTypeIndex(fragment, 1),
      Y.createRelativePositionFromTypeIndex(paragraph, 1, -1),
    ];
    for (const place of places) {
      const wire: unknown = JSON.parse(JSON.stringify(place));
      expect(stamped(at(wire))).toEqual(bare({ user: owner, ...at(wire) }));
    }
  });

  it.each([
    ['nothing in it', {}],
    ['no head', { anchor: { item: { client: 1, clock: 0 } } }],
    ['a position that hangs on nothing', at({ type: null, tname: null, item: null, assoc: 0 }).cursor],
    ['a clock that is a word', at({ item: { client: 1, clock: 'x' } }).cursor],
    ['a clock below zero', at({ item: { client: 1, clock: -1 } }).cursor],
    ['half a clock', at({ item: { client: 1, clock: 0.5 } }).cursor],
    ['another root', at({ tname: 'elsewhere' }).cursor],
    ['a word', 'here'],
    ['nobody', null],
  ])('drops a cursor with %s, over which the editors of others would fall [W7]', (_name, cursor) => {
    expect(stamped({ cursor })).toEqual({ user: owner });
  });

  it('takes what the contract takes, and hands on what the contract reads [W7]', () => {
    const numbers = fc.oneof(fc.nat(9), fc.constantFrom(-1, 0.5, 2 ** 53, 'x', null));
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const id = fc.record({ client: numbers, clock: numbers, more: fc.nat(1) }, { requiredKeys: [] });
    const good = fc.record({ client: fc.nat(9), clock: fc.nat(9) });
    const position = fc.record(
      {
        type: some(fc.oneof(id, good)),
        tname: some(fc.constantFrom(TEXT_FRAGMENT, TEXT_FRAGMENT, 'elsewhere', 1)),
        item: some(fc.oneof(good, good, id)),
        assoc: some(fc.constantFrom(-1, 0, 1, 2, 0.5, '0')),
        more: fc.nat(1),
      },
      { requiredKeys: [] },
    );
    const cursor = fc.record({ anchor: position, head: position }, { requiredKeys: ['anchor'] });
    fc.assert(
      fc.property(cursor, (said) => {
        const read = CursorPlace.safeParse(said);
        const state = stamped({ cursor: said });
        if (!read.success) expect(state).toEqual({ user: owner });
        else expect(state).toEqual(bare({ user: owner, cursor: read.data }));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no name, no colour and no other field from the client [W7]', () => {
    const cursor = { anchor: { tname: TEXT_FRAGMENT, more: 1 }, head: { tname: TEXT_FRAGMENT }, say: 'hi' };
    expect(stamped({ user: { name: '主席' }, cursor, note: 'hi' })).toEqual({
      user: owner,
      cursor: { anchor: ROOT, head: ROOT },
    });
  });

  it('lets a cursor leave, and knows what is no state', () => {
    expect(stamp('null', owner)).toBe('null');
    for (const json of ['[]', '1', '{', '"x"']) expect(stamp(json, owner)).toBeNull();
  });
});
