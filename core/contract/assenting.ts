import { Assent } from '../domain/assents.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const AssentParams = SessionParams.extend({ sha256: Assent.shape.sha256 });

/** Agreeing with single paragraphs of the shared text; part of the doors of a room. */
export const assentDoors = {
  giveAssent: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/text/assents/:sha256',
    summary:
      'Agree with a paragraph exactly as it reads, by the digest of its words; whoever takes sides. Errors: CHAIR_STAYS_NEUTRAL, ASSENTED_ALREADY, SESSION_FULL.',
    params: AssentParams,
    body: Assent.pick({ place: true }),
    command: ({ sha256 }, { place }) => ({ type: 'giveAssent', assent: { sha256, place } }),
  }),
  withdrawAssent: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/text/assents/:sha256',
    summary: 'Agree with a paragraph no more. Errors: ASSENT_UNKNOWN.',
    params: AssentParams,
    body: none,
    command: ({ sha256 }) => ({ type: 'withdrawAssent', sha256 }),
  }),
};
