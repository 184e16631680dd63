import type { SessionId } from '../../core/domain/ids.ts';
import type { MyModeration } from '../../core/domain/moderation.ts';
import { moderationFor } from '../../core/domain/room/my-moderation.ts';
import { accountMark } from '../rooms/account-mark.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type ModerationService = ReturnType<typeof createModerationService>;

/** What of moderation is given to one person at a time, because no audience is given it [X2]. */
export function createModerationService(deps: StandingDeps) {
  return {
    read: async (who: SignedIn, sessionId: SessionId): Promise<MyModeration> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      return moderationFor(room, standing, accountMark(sessionId, who.personId));
    },
  };
}
