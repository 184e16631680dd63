import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { stamp } from './stamp.ts';

const owner = { participantId: 'p', name: '委员A', role: 'member', color: '#123456' };
const stamped = (state: unknown): unknown => JSON.parse(stamp(JSON.stringify(state), owner) ?? '"refused"');
const at = (place: unknown) => ({ cursor: { anchor: place, head: place } });

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
      const state: unknown = JSON.parse(JSON.stringify(at(place)));
      expect(stamped(state)).toEqual({ user: owner, ...at(JSON.parse(JSON.stringify(place))) });
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

  it('takes no name, no colour and no other field from the client [W7]', () => {
    const cursor = { anchor: { tname: TEXT_FRAGMENT, more: 1 }, head: { tname: TEXT_FRAGMENT }, say: 'hi' };
    expect(stamped({ user: { name: '主席' }, cursor, note: 'hi' })).toEqual({
      user: owner,
      cursor: { anchor: { tname: TEXT_FRAGMENT }, head: { tname: TEXT_FRAGMENT } },
    });
  });

  it('lets a cursor leave, and knows what is no state', () => {
    expect(stamp('null', owner)).toBe('null');
    for (const json of ['[]', '1', '{', '"x"']) expect(stamp(json, owner)).toBeNull();
  });
});
