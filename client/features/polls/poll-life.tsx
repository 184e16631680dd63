import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { PollAgain } from './poll-again.tsx';
import { PollExtend } from './poll-extend.tsx';
import { PollTie } from './poll-tie.tsx';
import { PollVoid } from './poll-void.tsx';
import { PreparedActs } from './prepared-acts.tsx';

interface PollLifeProps {
  readonly room: Room;
  readonly who: Who;
  readonly poll: Poll;
  readonly nameOf: (id: string) => string;
  readonly mayManage: boolean;
}

/** What can become of a poll beside being opened, closed and published. */
export function PollLife({ room, who, poll, nameOf, mayManage }: PollLifeProps) {
  if (poll.phase === 'prepared') return mayManage ? <PreparedActs {...{ room, poll, nameOf }} /> : null;
  return (
    <>
      {mayManage && poll.phase === 'open' ? <PollExtend poll={poll} /> : null}
      <PollVoid {...{ room, who, poll }} />
      {mayManage && poll.phase === 'closed' ? <PollTie poll={poll} /> : null}
      {mayManage && poll.phase === 'closed' ? <PollAgain {...{ room, poll, nameOf }} /> : null}
    </>
  );
}
