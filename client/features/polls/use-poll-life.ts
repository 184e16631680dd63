import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { Tie } from '../../../core/domain/polls/ties.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';

/** What those who run a session do with one poll; each tells its own refusal, and whether it was done. */
export function usePollLife({ draft }: Poll) {
  const send = useSend();
  const run = useTell();
  const params = { pollId: draft.id };
  return {
    drop: () => run(send('dropPoll', { params })),
    extend: () => run(send('extendPoll', { params })),
    proposeVoid: (why: string) => run(send('proposeVoid', { params, body: { why } })),
    declineVoid: () => run(send('declineVoid', { params })),
    settleTie: (said: Tie & { readonly isFor: boolean; readonly why: string }) =>
      run(send('settleTie', { params, body: said })),
    confirmVoid: () => run(send('confirmVoid', { params })),
  };
}
