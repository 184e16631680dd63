import { createHmac } from 'node:crypto';
import { ParticipantId, PersonId, type LinkId } from '../../core/domain/ids.ts';
import { signInToken } from '../sign-in-token.ts';

/** Who somebody becomes by a link: derived, so that the same knock again is the same person, seat and sign-in. */
export type JoinIdentity = {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly token: string;
};

/** From the server's secret, the link and the browser's own random key: nobody else can tell any of them [P4]. */
export function joinIdentity(secret: string, linkId: LinkId, key: string): JoinIdentity {
  const derive = (what: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['join/1', what, linkId, key]))
      .digest();
  return {
    personId: PersonId.parse(uuidFrom(derive('person'))),
    participantId: ParticipantId.parse(uuidFrom(derive('participant'))),
    token: signInToken(secret, derive('sign-in')),
  };
}

function uuidFrom(bytes: Buffer): string {
  const hex = bytes.subarray(0, 16).toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
