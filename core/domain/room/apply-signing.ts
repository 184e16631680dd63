import { isSomebody, type By, type RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import type { Signature, Signing } from '../signing.ts';
import type { Room } from './state.ts';

type SigningEvent = Extract<
  RoomEvent,
  { type: 'session:settled' | 'session:reopened' | 'session:adopted' | 'outcome:signed' }
>;

/** Folds what happens to a text between its writing and its adoption, but for the state of the session [N1]–[N6]. */
export function applySigning(
  room: Room,
  { at, by, event }: { readonly at: string; readonly by: By; readonly event: SigningEvent },
): Room {
  switch (event.type) {
    case 'session:settled': {
      const { text, signers, why = null } = event;
      return { ...room, signing: { text, by, at, why, signers, signatures: [] } };
    }
    case 'outcome:signed': {
      if (!isSomebody(by)) throw new Error('people of the session confirm its text');
      const { reservation = null } = event;
      return withSigning(room, (signing) => withSignature(signing, { by, at, reservation }));
    }
    case 'session:reopened': {
      const { signing, ...rest } = room;
      const signed = signing?.signatures.length ?? 0;
      return { ...rest, reopenings: [...(room.reopenings ?? []), { why: event.why, by, at, signed }] };
    }
    case 'session:adopted': {
      const adopted = { why: event.why ?? null, by, at };
      return { ...withSigning(room, (signing) => ({ ...signing, adopted })), text: event.text };
    }
    default:
      return unreachable(event);
  }
}

function withSigning(room: Room, change: (signing: Signing) => Signing): Room {
  return room.signing === undefined ? room : { ...room, signing: change(room.signing) };
}

function withSignature(signing: Signing, signature: Signature): Signing {
  const { signatures } = signing;
  const isAgain = signatures.some(({ by }) => by === signature.by);
  return {
    ...signing,
    signatures: isAgain
      ? signatures.map((old) =>
          old.by === signature.by ? { ...signature, changes: (old.changes ?? 0) + 1 } : old,
        )
      : [...signatures, signature],
  };
}
