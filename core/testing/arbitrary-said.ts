import fc from 'fast-check';
import { ReplyId } from '../domain/ids.ts';
import { SECRECIES } from '../domain/polls/rules.ts';
import type { Command } from '../domain/room/commands.ts';
import { STANCES } from '../domain/views.ts';
import { curating } from './arbitrary-curating.ts';
import { picture } from './arbitrary-materials.ts';
import { poll, pollId, uuid, view, viewId, choose } from './builders.ts';

const small = fc.nat({ max: 5 });
// Few polls and views, so that what is done to them finds one.
const few = fc.nat({ max: 1 });
const options = ['y', 'n', 'a', 'ghost'] as const;

/** Views and replies. */
export const opinion: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({
      n: fc.oneof(few, fc.nat({ max: 30 })),
      stance: fc.constantFrom(...STANCES),
      to: fc.option(small),
    })
    .map(({ n, stance, to }): Command => ({
      type: 'postView',
      view: {
        ...view(n),
        stance,
        replyTo: to === null ? null : viewId(to),
        ...(n % 3 === 0 ? { pictures: [picture(n)], place: '北门' } : {}),
      },
    })),
  fc.record({ n: small, to: small }).map(({ n, to }): Command => ({
    type: 'postReply',
    reply: {
      id: ReplyId.parse(uuid('repl', n)),
      toViews: [viewId(to)],
      commitment: 'can_do',
      text: '答复',
    },
  })),
);

/** What people do with a view that was posted; few views, so that they meet. */
export const aboutView: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: few.map((n): Command => ({ type: 'endorseView', viewId: viewId(n) })) },
  { weight: 5, arbitrary: few.map((n): Command => ({ type: 'unendorseView', viewId: viewId(n) })) },
  {
    weight: 6,
    arbitrary: fc
      .record({ n: few, words: few })
      .map(({ n, words }): Command => ({ type: 'editView', viewId: viewId(n), text: `改 ${words}` })),
  },
  { weight: 3, arbitrary: small.map((n): Command => ({ type: 'withdrawView', viewId: viewId(n) })) },
  { weight: 4, arbitrary: curating },
);

/** Polls that are prepared, opened, voted in and closed. */
export const polling: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({
      n: few,
      secrecy: fc.constantFrom(...SECRECIES),
      waits: fc.boolean(),
    })
    .map(({ n, secrecy, waits }): Command => ({
      type: 'preparePoll',
      poll: poll(n, { secrecy, shown: waits ? 'after_publish' : 'after_close' }),
    })),
  few.map((n): Command => ({ type: 'publishPoll', pollId: pollId(n) })),
  few.map((n): Command => ({ type: 'openPoll', pollId: pollId(n) })),
  few.map((n): Command => ({ type: 'closePoll', pollId: pollId(n) })),
  {
    weight: 5,
    arbitrary: fc.record({ n: few, choice: fc.constantFrom(...options) }).map(({ n, choice }): Command => ({
      type: 'castBallot',
      pollId: pollId(n),
      paper: choose(choice),
    })),
  },
);
