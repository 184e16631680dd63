import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { lawfulCursors } from './cursor-states.ts';
import type { SaveFact } from './save-state.ts';

/** Sync messages begin with this when the server asks what we have. */
export const STEP_1 = 0;

/** Hears the messages that stock clients do not know. */
export function listenTo(
  provider: WebsocketProvider,
  ears: { readonly asked: () => void; readonly tell: (fact: SaveFact) => void },
): void {
  const { messageHandlers } = provider;
  const sync = messageHandlers[COLLAB_MESSAGE.sync];
  messageHandlers[COLLAB_MESSAGE.sync] = (encoder, decoder, ...rest) => {
    const isQuestion = decoding.peekVarUint(decoder) === STEP_1;
    sync?.(encoder, decoder, ...rest);
    if (isQuestion) ears.asked();
  };
  messageHandlers[COLLAB_MESSAGE.awareness] = (_encoder, decoder) => {
    applyAwarenessUpdate(provider.awareness, lawfulCursors(decoding.readVarUint8Array(decoder)), provider);
  };
  messageHandlers[COLLAB_MESSAGE.barrier] = (_encoder, decoder) => {
    const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    ears.tell({ type: 'echoed', version: decoding.readVarUint(inner) });
  };
  messageHandlers[COLLAB_MESSAGE.refused] = (_encoder, decoder) => {
    ears.tell({ type: 'refused', reason: reasonOf(decoding.readVarString(decoder)) });
  };
  messageHandlers[COLLAB_MESSAGE.standing] = (_encoder, decoder) => {
    const word = decoding.readVarString(decoder);
    ears.tell({ type: 'standing', readsBecause: word === '' ? null : reasonOf(word) });
  };
}

/** Asks the server to say when all that came before it is committed. */
export function barrierFrame(version: number): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => encoding.writeVarUint(inner, version)),
    );
  });
}

/** The library would try again after some of these, and be refused again. */
const FINAL_BEYOND: ReadonlySet<number> = new Set([CLOSE.frameTooLarge]);

/** Whether a closed line is worth opening again: 4400 to 4499 say no, and so does a frame that no server will take. */
export function isWorthAnother({ code }: { readonly code: number }): boolean {
  return !(code >= 4400 && code < 4500) && !FINAL_BEYOND.has(code);
}

const reasonByCode: Readonly<Record<number, Reason>> = {
  [CLOSE.revoked]: 'SIGN_IN_REVOKED',
  [CLOSE.forbidden]: 'NOT_IN_SESSION',
  [CLOSE.unknown]: 'DOCUMENT_UNKNOWN',
  [CLOSE.reset]: 'TEXT_RESET',
  [CLOSE.tooLarge]: 'UPDATE_TOO_LARGE',
  [CLOSE.frameTooLarge]: 'UPDATE_TOO_LARGE',
  [CLOSE.malformed]: 'MALFORMED',
};

const passingByCode: Readonly<Record<number, Reason>> = {
  [CLOSE.overloaded]: 'BUSY',
  [CLOSE.storageAway]: 'STORAGE_AWAY',
  [CLOSE.tooOften]: 'TOO_OFTEN',
};

/** Why a line closed that is worth opening again; null where there is nothing to say but that it is gone. */
export function passingReasonOf(code: number): Reason | null {
  return passingByCode[code] ?? null;
}

function isReason(word: string): word is Reason {
  return Object.hasOwn(REASONS, word);
}

/** A server newer than this page may say a word we do not know; its code still says what to do. */
export function reasonOf(word: string, code = 0): Reason {
  return isReason(word) ? word : (reasonByCode[code] ?? 'UNEXPECTED');
}
