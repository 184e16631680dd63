import type { PollId } from '../../core/domain/ids.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import { withFound, withPage, withPoll, type Page } from '../../core/domain/room/earlier.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { asApiError, type ApiError } from '../lib/errors.ts';

export type LoadingPorts = {
  readonly pageBefore: (seq: number, limit: number) => Promise<Page>;
  readonly poll: (pollId: PollId) => Promise<Poll>;
};

/** What a snapshot left out, on demand. */
export type Loading = {
  /** Loads one page of what was said earlier, or everything back to a seq. Resolves with what went wrong, or null. */
  readonly loadEarlier: (until: number | null) => Promise<ApiError | null>;
  /** Holds what was found among the earlier things, so that it follows what happens to it. */
  readonly holdFound: (page: Page) => void;
  /** Loads the roll and papers of a closed poll. Resolves with what went wrong, or null. */
  readonly loadPoll: (pollId: PollId) => Promise<ApiError | null>;
};

/** Things said that a reader's scrolling loads at once, and a leap to something far away. */
const PAGE_SAID = 100;
const LEAP_SAID = 500;

export function createLoading({
  ports,
  room,
  put,
}: {
  readonly ports: LoadingPorts;
  readonly room: () => Room;
  readonly put: (room: Room) => void;
}): Loading {
  let last: Promise<ApiError | null> = Promise.resolve(null);

  /** Never rejects: what went wrong is the answer. */
  const tryTo = async (act: () => Promise<void>): Promise<ApiError | null> => {
    try {
      await act();
      return null;
    } catch (thrown) {
      return asApiError(thrown);
    }
  };

  const loadPages = async (until: number | null) => {
    for (;;) {
      const { earlier } = room();
      if (earlier === undefined || (until !== null && earlier.before <= until)) return;
      const page = await ports.pageBefore(earlier.before, until === null ? PAGE_SAID : LEAP_SAID);
      const next = withPage(room(), page);
      put(next);
      // A page at a time; and one that does not join (a snapshot came meanwhile) is not asked for in a circle.
      if (until === null || next.earlier?.before === earlier.before) return;
    }
  };

  return {
    // One after another: two side by side would be the same page.
    loadEarlier: (until) => {
      last = last.then(() => tryTo(() => loadPages(until)));
      return last;
    },
    holdFound: (page) => put(withFound(room(), page)),
    loadPoll: (pollId) => tryTo(async () => put(withPoll(room(), await ports.poll(pollId)))),
  };
}
