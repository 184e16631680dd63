import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Committed, Follower } from '../ports/room-feed.ts';
import { createSealing, type Sealing } from '../sealing.ts';
import { envelope, fakeLog, sessionId, upTo } from '../testing/feed-stage.ts';
import { createTestBuses } from '../testing/room-bus.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { createFeed } from './feed.ts';

const others = '00000000-0000-4000-8000-000000000002' as SessionId;
const hashes = { behind: 'aa', headHash: 'ab' };

/** Two processes of one key: the first commits, the second counts what it opens. */
async function twoFeeds() {
  const { buses } = createTestBuses(2);
  const { roomLog, state } = fakeLog(0);
  const sealing = createSealing('a secret of the house', 'hints');
  const opened: string[] = [];
  const counting: Sealing = {
    ...sealing,
    open: (sealed, about) => {
      opened.push(about);
      return sealing.open(sealed, about);
    },
  };
  const [one, two] = await Promise.all(
    [sealing, counting].map((own, n) =>
      createFeed({ roomLog, bus: buses[n]!, log: silentLog, sealing: own }),
    ),
  );
  const seqs: number[] = [];
  await two!.listen(sessionId, (events) => seqs.push(...events.map(({ seq }) => seq)));
  const close = async () => void (await Promise.all([one!.close(), two!.close()]));
  return { one: one!, two: two!, opened, seqs, state, close };
}

describe('createFeed', () => {
  it('opens no hint of a room that nobody here hears or holds', async () => {
    const { one, two, opened, seqs, state, close } = await twoFeeds();
    const asked: SessionId[] = [];
    two.follow({ wants: (id) => asked.push(id) === 0, follow: () => expect.unreachable('nobody wants it') });
    state.length = 1;
    one.committed(others, [envelope(1)], hashes);
    one.committed(sessionId, [envelope(1)], hashes);
    await until('the other hint came too', () => seqs.length === 1);
    expect(asked).toEqual([others, sessionId]);
    expect(opened).toEqual([sessionId]);
    await close();
  });

  it('opens a hint for whoever wants it, though nobody hears the room', async () => {
    const { one, two, opened, close } = await twoFeeds();
    const followed: Committed[] = [];
    two.follow({
      wants: (id, seq) => id === others && seq > 1,
      follow: (_id, committed) => void followed.push(committed),
    });
    one.committed(others, [envelope(1)], hashes);
    one.committed(others, [envelope(2)], hashes);
    await until('it came', () => followed.length === 1);
    expect(followed).toEqual([{ ...hashes, events: [envelope(2)] }]);
    expect(opened).toEqual([others]);
    await close();
  });

  it('tells its listeners and the other followers what one of them fails at', async () => {
    const { one, two, seqs, state, close } = await twoFeeds();
    const followed: number[] = [];
    const followers: Follower[] = [
      {
        wants: () => true,
        follow: () => {
          throw new Error('cannot follow');
        },
      },
      { wants: () => true, follow: (_id, { events }) => void followed.push(events.length) },
    ];
    for (const follower of followers) two.follow(follower);
    // PostgreSQL is away: what is heard came by the hint, whatever the first made of it.
    state.isAway = true;
    for (const seq of upTo(3)) one.committed(sessionId, [envelope(seq)], hashes);
    await until('all three', () => seqs.length === 3);
    expect(seqs).toEqual(upTo(3));
    expect(followed).toEqual([1, 1, 1]);
    await close();
  });
});
