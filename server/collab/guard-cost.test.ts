import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { BOMBS } from '../testing/bombs.ts';
import { honestText } from '../testing/misplaced.ts';
import { judge, readUpdate, type Verdict } from './guard.ts';
import { createHorizon } from './horizon.ts';

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function verdictOn(data: Uint8Array, doc: Y.Doc): Verdict {
  const update = readUpdate(data);
  return update === null ? { kind: 'malformed', why: 'unreadable' } : judge(update, createHorizon(doc));
}

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

  const crowdAt = (spot: number, count = 1_000) => {
    const doc = new Y.Doc();
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    for (let before = 0; before < spot; before += 1) fragment.push([new Y.XmlElement('paragraph')]);
    for (let put = 0; put < count; put += 1) fragment.insert(spot, [new Y.XmlElement('paragraph')]);
    const update = readUpdate(Y.encodeStateAsUpdate(doc));
    if (update === null) throw new Error('unreadable');
    return update;
  };

  it.each([
    ['in one batch', crowdAt(0)],
    ['one of them behind the first of the other', crowdAt(1)],
  ])('refuses two crowds at one spot, %s [W17]', (_what, first) => {
    const horizon = createHorizon(new Y.Doc());
    expect(judge(first, horizon).kind).toBe('fresh');
    horizon.take(first.structs);
    expect(judge(crowdAt(0), horizon)).toEqual({ kind: 'malformed', why: 'labour' });
  });

  it('takes what two people wrote at one spot while they were apart [W17]', () => {
    const horizon = createHorizon(new Y.Doc());
    for (const update of [crowdAt(0, 200), crowdAt(0, 200), crowdAt(0, 1)]) {
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
});
