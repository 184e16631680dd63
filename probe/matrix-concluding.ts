import { sessionRoutes } from '../core/contract/sessions.ts';
import { browserIn, type Knocking, type Scene } from './matrix-scene.ts';
import type { Stage } from './stage.ts';

type Wanted = 'in_session' | 'drafting' | 'confirming';
type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly browser?: Knocking['browser'];
};

/** A session whose meeting is over, in the state that the door needs; for whoever may not, the meeting that goes on. */
function concluding(wanted: Wanted, body: (sha256: string) => unknown = () => ({})) {
  return async (scene: Scene, who: Knocking, isLetIn: boolean): Promise<Asked> => {
    const after = isLetIn ? (scene.afters.get(who.name) ?? scene.afters.get('host')) : undefined;
    if (after === undefined)
      return { params: { sessionId: scene.stage.sessionId }, body: body('0'.repeat(64)) };
    const sha256 = await bring(after, wanted);
    return { params: { sessionId: after.sessionId }, body: body(sha256), browser: browserIn(after, who) };
  };
}

/** Leads a session to a state; answers with the fingerprint of the text that is to be confirmed. */
async function bring(after: Stage, wanted: Wanted): Promise<string> {
  const { chair, does, sessionId } = after;
  const asRead = () => chair.browser.call(sessionRoutes.getSnapshot, { params: { sessionId } });
  const { room } = await asRead();
  if (room.state === 'in_session' && wanted !== 'in_session') await does(chair, { type: 'endMeeting' });
  if (room.state !== 'confirming' && wanted === 'confirming')
    await does(chair, { type: 'settleText', why: '检验' });
  if (room.state === 'confirming' && wanted === 'drafting')
    await does(chair, { type: 'reopenText', why: '检验' });
  return (await asRead()).room.signing?.text.sha256 ?? '0'.repeat(64);
}

export const CONCLUDING = {
  endMeeting: concluding('in_session'),
  settleText: concluding('drafting', () => ({ why: '检验' })),
  signOutcome: concluding('confirming', (sha256) => ({ sha256, reservation: '检验' })),
  reopenText: concluding('confirming', () => ({ why: '检验' })),
  adoptOutcome: concluding('confirming', () => ({ why: '检验' })),
};
