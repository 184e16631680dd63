import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { PollId } from '../../core/domain/ids.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import { blindFor } from '../testing/blind-voter.ts';
import { convener, member, openOne, setPeopleStage, why } from '../testing/people-stage.ts';
import { realClock } from '../testing/room-fixtures.ts';

setPeopleStage();

it('a box over days waits on the home page of whoever took no token for it, and of nobody else [B29]', async () => {
  const { at, sessionId, seatIds } = await openOne();
  const id = PollId.parse(randomUUID());
  const options = ['y', 'n'].map((name) => ({ id: name, text: name }));
  const usual = usualPoll({ id, question: '是否同意？', options, roles: ['member'], secrecy: 'verifiable' });
  const endsAt = new Date(Date.parse(realClock.now()) + 86_400_000).toISOString();
  const poll = { ...usual, rules: { ...usual.rules, time: { ...usual.rules.time, endsAt } } };
  expect(why(await convener.send('POST', `${at}/polls`, poll))).toBe('done');
  const { body } = await convener.send('POST', `${at}/polls/${id}/open`, {});
  const key = body.events[0].event.key;
  const waits = async () => {
    const answer = await member.get('/api/sessions');
    const own = answer.body.sessions.find((one: { id: string }) => one.id === sessionId);
    return own.seat.votes.map(({ pollId }: { pollId: string }) => pollId);
  };
  expect(await waits()).toEqual([id]);
  const wish = { blinded: blindFor(key).blinded, voter: seatIds[1] };
  expect(why(await member.send('POST', `${at}/polls/${id}/token`, wish))).toBe('done');
  expect(await waits()).toEqual([]);
});
