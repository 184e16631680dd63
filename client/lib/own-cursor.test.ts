import * as decoding from 'lib0/decoding';
import { afterEach, describe, expect, it } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { speakForSelf } from './own-cursor.ts';

const doc = new Y.Doc();
afterEach(() => doc.destroy());

/** Whose cursors a message speaks of. */
function idsIn(message: Uint8Array): number[] {
  const decoder = decoding.createDecoder(message);
  if (decoding.readVarUint(decoder) !== COLLAB_MESSAGE.awareness) return [];
  const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  return Array.from({ length: decoding.readVarUint(inner) }, () => {
    const id = decoding.readVarUint(inner);
    decoding.readVarUint(inner);
    decoding.readVarString(inner);
    return id;
  });
}

describe(speakForSelf.name, () => {
  it('says where its own cursor stands, and of no other what it heard', () => {
    const provider = new WebsocketProvider('ws://hall.test', 'text', doc, {
      connect: false,
      disableBc: true,
      WebSocketPolyfill: Object as unknown as typeof WebSocket,
    });
    const said: number[][] = [];
    const send = (message: Uint8Array) => said.push(idsIn(message));
    provider.ws = { readyState: 1, send, close: () => undefined } as unknown as WebSocket;
    provider.wsconnected = true;
    speakForSelf(provider);
    const other = new Awareness(new Y.Doc());
    for (const place of [1, 2, null]) {
      other.setLocalState(place === null ? null : { place });
      applyAwarenessUpdate(provider.awareness, encodeAwarenessUpdate(other, [other.clientID]), provider);
    }
    expect(said).toEqual([]);
    provider.awareness.setLocalStateField('place', 3);
    provider.awareness.setLocalState(null);
    expect(said).toEqual([[doc.clientID], [doc.clientID]]);
    provider.wsconnected = false;
    provider.awareness.setLocalState({ place: 4 });
    expect(said).toHaveLength(2);
    other.destroy();
    provider.destroy();
  });
});
