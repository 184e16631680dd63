import * as encoding from 'lib0/encoding';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';

/** The library sends back every cursor that it hears of: ours says only where its own stands. */
export function speakForSelf(provider: WebsocketProvider): void {
  const { awareness } = provider;
  awareness.off('update', provider._awarenessUpdateHandler);
  awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    const isOwn = [added, updated, removed].some((clients) => clients.includes(awareness.clientID));
    if (!isOwn || !provider.wsconnected || provider.ws?.readyState !== 1) return;
    provider.ws.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, COLLAB_MESSAGE.awareness);
        encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]));
      }),
    );
  });
}
