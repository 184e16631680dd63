import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { besideNothing, BOMBS, crowd, deletionOf } from '../testing/bombs.ts';
import { honestText } from '../testing/misplaced.ts';
import { copyOf, verdictOn } from '../testing/verdicts.ts';
import { findKnown, judge, readUpdate, type ReadUpdate } from './guard.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import { inOrder } from './order.ts';
import type { Place } from './place.ts';
import { createShadows } from './shadows.ts';

const seed = randomBytes(4).readInt32BE();
/** What three people write, and with whom they share it at once. */
const anyPast = fc.array(
  fc.record({
    who: fc.nat(2),
    at: fc.nat(30),
    words: fc.constantFrom('', 'a', 'bc'),
    merges: fc.nat(6),
  }),
  { maxLength: 60 },
);

describe('judge, of updates that are dear', () => {
  it.each(Object.entries(BOMBS))('refuses %s [W17]', (_what, bomb) => {
    const server = new Y.Doc();
    honestText(server);
    for (const update of bomb.prelude(server)) {
      expect(verdictOn(update, server)).toMatchObject({ kind: 'fresh' });
      Y.applyUpdate(server, update);
    }
    expect(verdictOn(bomb.update(server), server)).toMatchObject({ kind: 'malformed' });
  });

  const crowdAt = (client: number, spot: number, count = 1_000) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    for (let before = 0; before < spot; before += 1) fragment.push([new Y.XmlElement('paragraph')]);
    for (let put = 0; put < count; put += 1) fragment.insert(spot, [new Y.XmlElement('paragraph')]);
    const update = readUpdate(Y.encodeStateAsUpdate(doc));
    if (update === null) throw new Error('unreadable');
    return update;
  };

  it.each([
    ['in one batch', crowdAt(1, 0)],
    ['one of them behind the first of the other', crowdAt(1, 1)],
  ])('refuses two crowds at one spot, %s [W17]', (_what, first) => {
    const horizon = createHorizon(new Y.Doc());
    expect(judge(first, horizon).kind).toBe('fresh');
    horizon.take(first.structs);
    expect(judge(crowdAt(2, 0), horizon)).toMatchObject({ kind: 'malformed', why: 'crowd' });
  });

  it('takes what two people wrote at one spot while they were apart [W17]', () => {
    const horizon = createHorizon(new Y.Doc());
    for (const update of [crowdAt(1, 0, 200), crowdAt(2, 0, 200), crowdAt(3, 0, 1)]) {
      expect(judge(update, horizon).kind).toBe('fresh');
      horizon.take(update.structs);
    }
  });

  it('refuses a thousand cuts of a text that one person made very long [W17]', () => {
    const server = new Y.Doc();
    const run = new Y.XmlText('字'.repeat(5_000));
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [run]);
    server.getXmlFragment(TEXT_FRAGMENT).insert(0, [paragraph]);
    const blocks = Array.from({ length: 30_000 }, () => new Y.XmlElement('paragraph'));
    server.getXmlFragment(TEXT_FRAGMENT).insert(1, blocks);
    const cuts = (count: number) => {
      const copy = copyOf(server);
      const text = (copy.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
      copy.transact(() => {
        for (let at = 1; at <= count; at += 1) text.delete(at, 1);
      });
      return verdictOn(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(server)), server).kind;
    };
    expect(cuts(300)).toBe('fresh');
    expect(cuts(1_500)).toBe('malformed');
  });

  it('searches for no place in an update that hangs on what is not here [W17]', () => {
    const horizon = createHorizon(new Y.Doc());
    let searched = 0;
    const watched: Horizon = {
      ...horizon,
      draft: () => {
        const draft = horizon.draft();
        const place = (item: Y.Item) => {
          searched += 1;
          return draft.place(item);
        };
        return { ...draft, place };
      },
    };
    const [whole, torn] = [besideNothing(8, 19), besideNothing(8, 19, [10_000_000])].map((data) =>
      readUpdate(data),
    );
    if (!whole || !torn) throw new Error('unreadable');
    expect(judge(torn, watched).kind).toBe('gap');
    expect(searched).toBe(0);
    expect(judge(whole, watched).kind).toBe('fresh');
    expect(searched).toBe(19);
  });

  it('prices also what it refuses, and what it lacks something for [W17]', () => {
    const server = new Y.Doc();
    for (let put = 0; put < 3; put += 1) Y.applyUpdate(server, crowdAt(7 + put, 0, 1_000 / (put + 1)).data);
    expect(verdictOn(besideNothing(5, 1_000), server)).toMatchObject({ kind: 'malformed', why: 'labour' });
    expect(verdictOn(besideNothing(5, 1_000), server).labour).toBeGreaterThan(100_000);
    expect(verdictOn(besideNothing(5, 1, [10_000_000]), server)).toEqual({ kind: 'gap', labour: 500 });
  });

  it('lets one person put blocks before all the others again and again, as they like [W17]', () => {
    const server = new Y.Doc();
    const writer = new Y.Doc();
    for (let round = 0; round < 3; round += 1) {
      const before = Y.encodeStateVector(writer);
      crowd(7, 1_000, writer);
      const update = Y.encodeStateAsUpdate(writer, before);
      expect(verdictOn(update, server)).toEqual({ kind: 'fresh', clients: [7], labour: 10_000 });
      Y.applyUpdate(server, update);
    }
  });

  it('prices what two people wrote at one spot far above what one of them did [W17]', () => {
    const horizon = createHorizon(new Y.Doc());
    const labourOf = (update: ReadUpdate) => {
      const verdict = judge(update, horizon);
      horizon.take(update.structs);
      return verdict.kind === 'fresh' ? verdict.labour : verdict.kind;
    };
    expect(labourOf(crowdAt(1, 0, 300))).toBe(3_000);
    expect(labourOf(crowdAt(2, 0, 300))).toBeGreaterThan(40_000);
    expect(labourOf(crowdAt(3, 0, 1))).toBeLessThan(1_000);
  });

  it(`puts items where Yjs puts them, whoever wrote at one spot in whatever order (seed ${seed}) [W17]`, () => {
    fc.assert(
      fc.property(anyPast, (moves) => {
        const docs = [1, 2, 3].map(() => new Y.Doc());
        for (const { who, at, words, merges } of moves) {
          const doc = docs[who] ?? new Y.Doc();
          const text = doc.getText(TEXT_FRAGMENT);
          if (words === '') text.delete(at % (text.length + 1), text.length > at ? 1 : 0);
          else text.insert(at % (text.length + 1), words);
          const other = docs[merges];
          if (other !== undefined) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        }
        const [first, ...others] = docs;
        if (first === undefined) return;
        for (const other of others) {
          const update = Y.decodeUpdate(Y.encodeStateAsUpdate(other, Y.encodeStateVector(first)));
          const items = update.structs.filter((struct) => struct instanceof Y.Item);
          const { store } = first;
          const order = inOrder(items, (client) => Y.getState(store, client)) ?? [];
          const place: Place = { parent: 'doc', key: null, depth: 1, holder: null };
          const placed = order.flatMap((item) => (item instanceof Y.Item ? [{ item, place }] : []));
          const shadows = createShadows(first);
          shadows.put(placed, Number.POSITIVE_INFINITY);
          Y.applyUpdate(first, Y.encodeStateAsUpdate(other));
          const real: string[] = [];
          for (let item = first.getText(TEXT_FRAGMENT)._start; item !== null; item = item.right)
            for (let at = 0; at < item.length; at += 1) real.push(`${item.id.client}:${item.id.clock + at}`);
          expect(shadows.line(place)).toEqual(real);
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe(findKnown.name, () => {
  it('knows whole states and repetitions, and nothing that adds words or deletes them [W6]', () => {
    const doc = new Y.Doc();
    honestText(doc);
    const server = copyOf(doc);
    const known = (data: Uint8Array) => {
      const update = readUpdate(data);
      return update !== null && findKnown(update, server).isKnown;
    };
    expect(known(Y.encodeStateAsUpdate(doc))).toBe(true);
    expect(known(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))).toBe(true);
    doc.getXmlFragment(TEXT_FRAGMENT).delete(0, 1);
    expect(known(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))).toBe(false);
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
    expect(known(Y.encodeStateAsUpdate(doc))).toBe(true);
    doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [new Y.XmlElement('paragraph')]);
    expect(known(Y.encodeStateAsUpdate(doc))).toBe(false);
    expect(known(besideNothing(5, 1, [10_000_000]))).toBe(false);
  });

  it('counts what it passes to see that all of a range is deleted, as the guard does [W17]', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, crowd(7, 4_000));
    Y.applyUpdate(doc, deletionOf(7, 4_000));
    const update = readUpdate(deletionOf(7, 4_000));
    if (update === null) throw new Error('unreadable');
    expect(findKnown(update, doc)).toEqual({ isKnown: true, labour: 1_000 });
    expect(judge(update, createHorizon(doc))).toEqual({ kind: 'nothing', labour: 1_000 });
  });
});
