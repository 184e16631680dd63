import type { z } from 'zod';
import type { choiceRoutes } from '../../core/contract/poll-doors.ts';
import type { PollId, SessionId } from '../../core/domain/ids.ts';
import { guardChoices } from '../../core/domain/room/voting-choices.ts';
import { fromRefusal } from '../app-error.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { RoomsService } from './rooms.ts';
import { standingOf, type StandingDeps } from './standing.ts';

export type ChoicesDeps = StandingDeps & { readonly submit: RoomsService['submit'] };

type Asked = { readonly who: SignedIn; readonly sessionId: SessionId; readonly key: string };
type Read = z.infer<typeof choiceRoutes.readChoices.reply>;

export type ChoicesService = ReturnType<typeof createChoices>;

/** Who chose what in polls that are 仅主持人可见: that somebody looks is committed before they are given it [B65]. */
export function createChoices(deps: ChoicesDeps) {
  return {
    read: async ({ who, sessionId, key }: Asked, pollId: PollId): Promise<Read> => {
      const reply = await deps.submit({ who, sessionId, key, command: { type: 'readChoices', pollId } });
      // A repeated key has the events of its first look, but the choices only while they hold the chair.
      const standing = await standingOf(deps, who, sessionId);
      const poll = guardChoices(await deps.rooms.current(sessionId), standing, pollId);
      if (!poll.ok) throw fromRefusal(poll.error);
      return { ...reply, ballots: [...(poll.value.kept ?? [])] };
    },
  };
}
