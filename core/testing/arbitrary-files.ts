import type fc from 'fast-check';
import { canonical } from '../domain/canonical.ts';
import { digest } from '../domain/digest.ts';
import { bytesOf, fingerprintOf, rootOf, textOf, type BoxBallot, type BoxKey } from '../domain/polls/box.ts';
import { resultOf } from '../domain/polls/closing.ts';
import type { PollDraft } from '../domain/polls/draft.ts';
import { fileOf, PollFile } from '../domain/polls/exporting.ts';
import { closedPoll } from '../domain/polls/first-poll.ts';
import { hasBox, isSecretPoll, type OpenPoll } from '../domain/polls/poll.ts';
import { sealOf } from '../domain/polls/sealing.ts';
import { isByHand } from '../domain/polls/totals.ts';
import { dueIn, type Voter } from '../domain/polls/voters.ts';
import type { PollWay } from './arbitrary-asks.ts';
import { anyBox, type Box } from './arbitrary-boxes.ts';
import { AT, participantId } from './builders.ts';

const SPKI = textOf(new Uint8Array(422).fill(7));
const KEY: BoxKey = { spki: SPKI, fingerprint: fingerprintOf(SPKI), receipts: textOf(new Uint8Array(32)) };

/** A signature that is one of this message and nothing else: enough where nobody asks whose it is. */
function signatureOf(msg: string): string {
  const hash = digest(msg);
  return textOf(
    Uint8Array.from({ length: 384 }, (_, n) => Number.parseInt(hash.slice(n % 64, (n % 64) + 1), 16)),
  );
}

/** Whether a ballot has the signature that a file of anyFile gives it. */
export function isSigned({ msg, signature }: BoxBallot): boolean {
  return bytesOf(signature).length === 384 && signature === signatureOf(msg);
}

/** Any closed poll of a way of asking, of any secrecy that its rules allow, as its file. */
export function anyFile(way: PollWay): fc.Arbitrary<PollFile> {
  return anyBox(way).map(heldOf);
}

function heldOf({ draft, papers }: Box): PollFile {
  const roles = draft.rules.eligible.roles;
  const people = papers.map(({ paper }, n) => ({
    id: participantId(n),
    role: roles[n % roles.length] ?? 'member',
    paper,
  }));
  // Who was there is every other one; two have not voted.
  const electorate = [...people, { id: participantId(50), role: roles[0] ?? 'member' }].map(
    ({ id, role }, n): Voter => ({ id, role, ...(n % 2 === 0 ? { isHere: true as const } : {}) }),
  );
  const voteless: Voter[] = [{ id: participantId(51), role: roles[0] ?? 'member' }];
  const roll = draft.rules.chambers.map((chamber) => {
    const own = { id: chamber.id, voteless: voteless.filter(({ role }) => chamber.roles.includes(role)) };
    const due = dueIn({ electorate, roll: [{ ...own, due: 0, present: 0 }] }, chamber);
    return { ...own, due: due.length, present: due.filter(({ isHere }) => isHere === true).length };
  });
  const poll = opened(draft, { electorate, roll });
  const isApart = isSecretPoll(poll);
  const cast = isByHand(draft) ? [] : people;
  const ballots = cast.map(({ id, paper }) => ({ by: id, paper }));
  const roster = hasBox(poll) ? cast.map(({ id }) => id) : [];
  const inBox = ballots.map(({ paper }, n): BoxBallot => {
    const msg = textOf(new Uint8Array(64).fill(n + 1));
    return { msg, signature: signatureOf(msg), paper };
  });
  const box = { roster, root: rootOf(draft.id, inBox), ballots: inBox };
  const open: OpenPoll = {
    ...poll,
    ballots: hasBox(poll)
      ? {}
      : Object.fromEntries(ballots.map(({ by, paper }) => [by, isApart ? null : paper])),
  };
  const told = {
    ballots: isApart ? null : ballots,
    papers: isApart ? ballots.map(({ paper }) => paper) : [],
  };
  const result = resultOf({
    poll: open,
    ...told,
    isHere: (id) => electorate.some((one) => one.id === id && one.isHere === true),
    ...(hasBox(poll) ? { box } : {}),
  });
  const sum = hasBox(poll)
    ? { box: { issued: roster.length, cast: inBox.length, root: box.root }, roster }
    : {};
  const closed = closedPoll(open, AT, { result, ...told, ...sum });
  const file = fileOf(closed, hasBox(poll) ? box : undefined);
  return PollFile.parse(JSON.parse(canonical(file)));
}

function opened(draft: PollDraft, { electorate, roll }: Pick<OpenPoll, 'electorate' | 'roll'>): OpenPoll {
  const key = draft.rules.secrecy === 'verifiable' ? { key: KEY } : {};
  const counted = { issued: electorate.length, yes: 1, no: 0, abstain: 0, blank: 0, invalid: 0 };
  return {
    phase: 'open',
    draft,
    openedAt: AT,
    seal: sealOf(draft, electorate, roll, key.key),
    electorate,
    roll,
    endsAt: null,
    ballots: {},
    ...key,
    ...(isByHand(draft) ? { totals: { entered: {}, differed: 0, agreed: counted } } : {}),
  };
}
