import { canonical } from '../../core/domain/canonical.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { fastDigest } from '../digest.ts';

/**
 * What an idempotency key stands for. The choice of a secret ballot stays out: the hash rests beside the voter's
 * name, and a few options are soon tried [B5].
 */
export function bodyHash(room: Room, who: Who, command: Command): string {
  return fastDigest(
    canonical({ who, command: command.type === 'castBallot' ? sealed(room, command) : command }),
  );
}

/** Whether a ballot's paper must be kept apart from whoever cast it; an unknown poll counts as secret. */
export function isSecret(room: Room, pollId: string): boolean {
  return room.polls.find((poll) => poll.draft.id === pollId)?.draft.secrecy !== 'named';
}

function sealed(room: Room, command: Extract<Command, { type: 'castBallot' }>) {
  return isSecret(room, command.pollId) ? { type: command.type, pollId: command.pollId } : command;
}
