import type { BallotReceipt, BoxTurnout } from '../../../core/contract/box-doors.ts';
import type { BoxBallot } from '../../../core/domain/polls/box.ts';
import { ApiError } from '../../lib/errors.ts';
import type { Purse } from './purse.ts';
import { participantIn, type Slip } from './slip.ts';
import { heard, mayPass } from './wallet-answers.ts';

// A closed box is read by everybody in the session: whoever finds a slip in the browser finds the ballot in the box. So slips
// go with the sign-in of their voter.

export type LeavingPorts = {
  readonly purse: Pick<Purse, 'all' | 'drop'>;
  readonly putIntoBox: (url: string, ballot: BoxBallot) => Promise<BallotReceipt>;
  readonly readBox: (url: string) => Promise<BoxTurnout>;
};

type Whose = { readonly participants: readonly string[] };

/** Tokens of these participants that nobody voted with, in boxes that are open as far as can be heard. Rejects as a purse does. */
export async function countUncast({ purse, readBox }: LeavingPorts, whose: Whose): Promise<number> {
  const mine = (await purse.all()).filter((slip) => isOf(slip, whose) && isUncast(slip));
  const open = await Promise.all(
    mine.map(async ({ box }) => {
      const turnout = box === null ? null : await heard(readBox(box.url));
      return turnout === null || turnout instanceof ApiError || !turnout.isClosed;
    }),
  );
  return open.filter(Boolean).length;
}

/**
 * Drops every slip of these participants. What was still on its way into a box is sent at once, as nobody is there any more to
 * send it. Rejects as a purse does.
 */
export async function dropAll(ports: LeavingPorts, whose: Whose): Promise<void> {
  const mine = (await ports.purse.all()).filter((slip) => isOf(slip, whose));
  await Promise.all(mine.map((slip) => sent(ports, slip)));
  await Promise.all(mine.map(({ key }) => ports.purse.drop(key)));
}

/**
 * Drops what tells of a ballot of anybody but these participants: their sign-in ended without a word. A token that was not used
 * stays, because they may come back and there is no other; so does a ballot that cannot be sent now. Rejects as a purse does.
 */
export async function dropSpent(ports: LeavingPorts, here: Whose): Promise<void> {
  const others = (await ports.purse.all()).filter((slip) => !isOf(slip, here) && isSpent(slip));
  await Promise.all(
    others.map(async (slip) => {
      if (await sent(ports, slip)) await ports.purse.drop(slip.key);
    }),
  );
}

/** Sends what was on its way; whether nothing is any more. */
async function sent(ports: LeavingPorts, { msg, token, box, cast, receipt }: Slip): Promise<boolean> {
  if (cast === null || receipt !== null || token === null || box === null) return true;
  const answer = await heard(ports.putIntoBox(box.url, { msg, signature: token, paper: cast.paper }));
  return !(answer instanceof ApiError && mayPass(answer));
}

function isOf({ key }: Slip, { participants }: Whose): boolean {
  return participants.includes(participantIn(key));
}

function isSpent({ cast, receipt }: Slip): boolean {
  return cast !== null || receipt !== null;
}

function isUncast(slip: Slip): boolean {
  return slip.token !== null && !isSpent(slip);
}
