import { roomDoors } from '../core/contract/room.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { cameTrue } from '../server/testing/until.ts';
import { ask, inShort } from './ask.ts';
import { openEars } from './ears.ts';
import { ballot, choosing, draftOf, opened, pollFor, SINGLE } from './polling.ts';
import { makeStage, type Stage } from './stage.ts';
import type { World } from './world.ts';

const OPENED = '409 CONFLICT POLL_ALREADY_OPENED';
const SECONDS = 600;
const MORE_SECONDS = 60;
const HEARD_MS = 10_000;

/** Nothing of a poll changes once somebody has voted, but its end, once, by what was said before. */
export async function frozenRules(world: World): Promise<void> {
  const cast = { host: 'host', convener: 'convener', member: 'member', resident: 'resident' } as const;
  const stage = await makeStage(world, { title: 'T15', cast, opens: true, purpose: 't15' });
  const time = { seconds: SECONDS, endsAt: null, closesWhenAllVoted: false, extensionSeconds: MORE_SECONDS };
  const poll = await opened(
    stage,
    draftOf(SINGLE, ['member', 'resident'], {
      secrecy: 'secret',
      time,
      thresholds: [{ on: 'chosen', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' }],
    }),
  );
  await stage.does(stage.person('resident'), { type: 'castBallot', pollId: poll.id, paper: choosing('a') });
  const before = await rulesOf(stage, poll.id);
  await everyChange(world, stage, poll);
  world.book.same(
    'T15',
    'question, rules, roll and seal after all of it',
    before,
    await rulesOf(stage, poll.id),
  );
  const late = await stage.guest('resident');
  const came = inShort(await ballot(late.browser, stage, poll.id, { paper: choosing('b') }));
  world.book.same(
    'T15',
    'a ballot of somebody who came after the opening',
    '403 FORBIDDEN NOT_ELIGIBLE',
    came,
  );
  await extension(world, stage, poll);
  await looser(world, stage);
}

/** Whole drafts, each good by itself, with one thing that is not as it was. */
function changesOf(poll: PollDraft): readonly (readonly [string, PollDraft])[] {
  const { rules } = poll;
  const options = SINGLE.kind === 'single' ? [...SINGLE.options] : [];
  const asked = (changed: typeof options): PollDraft => ({
    ...poll,
    ask: { kind: 'single', options: changed, allowsNone: false },
  });
  const ruled = (changed: Partial<PollDraft['rules']>): PollDraft => ({
    ...poll,
    rules: { ...rules, ...changed },
  });
  const chamber = { id: 'all', voice: 'decides' as const };
  const among = (roles: PollDraft['rules']['eligible']['roles']) =>
    ruled({ eligible: { ...rules.eligible, roles }, chambers: [{ ...chamber, roles }] });
  return [
    ['another question', { ...poll, question: '另一个问题' }],
    ['one option more', asked([...options, { id: 'd', text: '方案 d' }])],
    ['one option less', asked(options.slice(1))],
    ['the options turned round', asked([...options].reverse())],
    [
      'an option called otherwise',
      asked(options.map((option) => ({ ...option, text: `${option.text} 改` }))),
    ],
    ['names in it', ruled({ secrecy: 'named' })],
    ['another threshold', ruled({ thresholds: [] })],
    ['several choices', { ...poll, ask: { kind: 'multiple', options, least: 1, most: 2 } }],
    ['fewer who may vote', among(['member'])],
    ['more who may vote', among(['member', 'resident', 'expert'])],
    ['an end that is nearer', ruled({ time: { ...rules.time, seconds: 10 } })],
    ['no end', ruled({ time: { ...rules.time, seconds: null, extensionSeconds: null } })],
  ];
}

async function everyChange(world: World, stage: Stage, poll: PollDraft): Promise<void> {
  const params = { sessionId: stage.sessionId, pollId: poll.id };
  for (const [what, changed] of changesOf(poll)) {
    const wrong: string[] = [];
    for (const alias of ['host', 'convener']) {
      const { browser } = stage.person(alias);
      const came = inShort(await ask(browser, roomDoors.revisePoll.route, { params, body: changed }));
      if (came !== OPENED) wrong.push(`${alias}: ${came}`);
    }
    const sent = `after a ballot: ${what}, by host and convener`;
    world.book.same('T15', sent, OPENED, wrong.join('; ') || OPENED);
  }
}

/** What is frozen, as one text; who has voted goes on. */
async function rulesOf(stage: Stage, pollId: PollDraft['id']): Promise<string> {
  const poll = await pollFor(stage.chair, stage, pollId);
  if (poll.phase !== 'open') return poll.phase;
  const { draft, seal, electorate, endsAt } = poll;
  return JSON.stringify({ seal, endsAt, electorate, draft });
}

async function extension(world: World, stage: Stage, { id: pollId }: PollDraft): Promise<void> {
  const member = stage.person('member');
  const ears = await openEars(world, stage, member);
  const poll = await pollFor(member, stage, pollId);
  const end = poll.phase === 'open' && poll.endsAt !== null ? Date.parse(poll.endsAt) : 0;
  const put = async () =>
    inShort(
      await ask(stage.chair.browser, roomDoors.extendPoll.route, {
        params: { sessionId: stage.sessionId, pollId },
      }),
    );
  const answers = await Promise.all([put(), put()]);
  const after = await pollFor(member, stage, pollId);
  const by = after.phase === 'open' && after.endsAt !== null ? (Date.parse(after.endsAt) - end) / 1_000 : 0;
  const heard = () =>
    ears.rooms[0]?.heard(stage.sessionId).filter(({ event }) => event.type === 'poll:extended').length ?? 0;
  await cameTrue(HEARD_MS, () => heard() > 0);
  world.book.same(
    'T15',
    'putting off the end, twice at once',
    `200, 409 CONFLICT POLL_EXTENDED, ${MORE_SECONDS} s later, 1 heard by a member`,
    `${[...answers].sort().join(', ')}, ${by} s later, ${heard()} heard by a member`,
  );
  for (const socket of [...ears.rooms, ...ears.texts]) socket.close();
}

/** Before it opens a poll can be changed, but who knows what was chosen goes one way. */
async function looser(world: World, stage: Stage): Promise<void> {
  const poll = draftOf(SINGLE, ['member'], { secrecy: 'secret' });
  await stage.does(stage.chair, { type: 'preparePoll', poll });
  const params = { sessionId: stage.sessionId, pollId: poll.id };
  for (const secrecy of ['named', 'host'] as const) {
    const body = { ...poll, rules: { ...poll.rules, secrecy } };
    const came = inShort(await ask(stage.chair.browser, roomDoors.revisePoll.route, { params, body }));
    world.book.same('T15', `a prepared poll without names made ${secrecy}`, '409 CONFLICT POLL_LOOSER', came);
  }
}
