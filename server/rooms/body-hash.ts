import { canonical } from '../../core/domain/canonical.ts';
import { hasBox, isSecretPoll } from '../../core/domain/polls/poll.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { fastDigest } from '../digest.ts';

/**
 * What an idempotency key stands for; what rests of it is its mark [L7]. Who asks is compared as the actor beside it: as
 * whom they act may be another by the time they ask again, and perhaps by what they asked [P15]. The choice of a secret
 * ballot stays out: the hash rests beside the voter's name, and a few options are soon tried [B5].
 */
export function bodyHash(room: Room, command: Command): string {
  return fastDigest(canonical({ command: compared(room, command) }));
}

/** As it was before: with as whom they acted. Rows of then are still there, and their keys are still good. */
export function bodyHashBefore(room: Room, who: Who, command: Command): string {
  return fastDigest(canonical({ who, command: compared(room, command) }));
}

/** Whether a ballot's paper must be kept apart from whoever cast it; an unknown poll counts as secret. */
export function isSecret(room: Room, pollId: string): boolean {
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  return poll === undefined || isSecretPoll(poll);
}

/** Whether the ballots of a poll lie in a box of their own. */
export function isInBox(room: Room, pollId: string): boolean {
  return room.polls.some((poll) => poll.draft.id === pollId && hasBox(poll));
}

function compared(room: Room, command: Command) {
  if (command.type !== 'castBallot' || !isSecret(room, command.pollId)) return command;
  return { type: command.type, pollId: command.pollId };
}
