import { ViewId } from '../../core/domain/ids.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import {
  as,
  choose,
  itemId,
  participantId,
  poll,
  pollId,
  seated,
  uuid,
} from '../../core/testing/builders.ts';
import { chanceOf } from '../chance.ts';
import type { Evidence } from '../findings.ts';
import { createHistory, type Deed } from '../history.ts';
import { extend, lineFrom, markOf } from '../line.ts';

/** Those of the cast who may speak and vote. */
const VOTERS = [1, 3, 6] as const;

/** A true history of a small meeting, by chance. isLossy: some answers were lost, some deeds never arrived. */
export function meeting(seed: number, isLossy: boolean): Evidence {
  const chance = chanceOf(seed);
  const room = seated({ open: true });
  let now = 0;
  const history = createHistory(() => (now += 1));
  room.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
  room.must(as(0), { type: 'preparePoll', poll: poll(0) });
  room.must(as(0), { type: 'openPoll', pollId: pollId(0) });
  const count = 10 + chance.below(30);
  for (let n = 0; n < count; n += 1) {
    const who = chance.pick(VOTERS);
    const id = participantId(who);
    if (chance.below(5) === 0) {
      const read = history.invoke(id, { kind: 'read' });
      history.ok(read, id, room.room().seq);
      continue;
    }
    const { deed, command } = deedOf(n, chance.below(3), chance.pick(['y', 'n', 'a']));
    const op = history.invoke(id, deed);
    // One in ten is lost on its way, one in ten on its way back.
    const luck = isLossy ? chance.below(10) : 9;
    if (luck === 0) {
      history.info(op, id, 'no answer');
      continue;
    }
    const answer = room.ask(as(who), command);
    if (luck === 1) history.info(op, id, 'no answer');
    else if (answer.ok) history.ok(op, id, room.room().seq);
    else history.fail(op, id, answer.error.reason);
  }
  room.must(as(0), { type: 'closePoll', pollId: pollId(0) });
  const line = extend(lineFrom(0), room.log.map(markOf)) ?? lineFrom(0);
  const heard = VOTERS.map((n) => ({ reader: participantId(n), line, repeated: 0 }));
  return { steps: history.steps(), log: room.log, late: room.room(), heard, texts: [] };
}

function deedOf(n: number, kind: number, choice: string): { deed: Deed; command: Command } {
  if (kind === 0) {
    const view = {
      id: ViewId.parse(uuid('view', n)),
      stance: 'info' as const,
      text: `意见 ${n}`,
      replyTo: null,
    };
    return { deed: { kind: 'view', id: view.id, text: view.text }, command: { type: 'postView', view } };
  }
  if (kind === 1) {
    const paper = choose(choice);
    const command = { type: 'castBallot' as const, pollId: pollId(0), paper };
    return { deed: { kind: 'ballot', pollId: pollId(0), paper }, command };
  }
  return { deed: { kind: 'floor', wish: 'ask' }, command: { type: 'requestFloor' } };
}
