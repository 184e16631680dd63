import { expect, it } from 'vitest';
import { verifyArchive } from '../../client/features/archives/verify.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import {
  convener,
  evidence,
  house,
  must,
  openedSession,
  server,
  setErasingStage,
} from '../testing/erasing-stage.ts';
import { pollDraft } from '../testing/room-fixtures.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser } from '../testing/test-server.ts';

setErasingStage();

const YES: Paper = { shape: 'choices', choices: ['yes'] };

it('gives who chose what to whoever holds the chair and by no other door, now or later [B65]', async () => {
  const { at, guests } = await openedSession();
  const [voter] = guests;
  if (voter === undefined) throw new Error('no voter');
  const poll = pollDraft('host', ['resident']);
  const ofPoll = `${at}/polls/${poll.id}`;
  await must(convener.send('POST', `${at}/polls`, poll));
  await must(convener.send('POST', `${ofPoll}/open`));
  await must(voter.browser.send('PUT', `${ofPoll}/ballot`, YES));
  const admin = await signInAs(browser(server.url), house, 'admin');
  const look = async (who: typeof admin) => (await who.send('POST', `${ofPoll}/choices`)).body;
  expect(await look(convener)).toMatchObject({ reason: 'POLL_STILL_OPEN' });
  await must(convener.send('POST', `${ofPoll}/close`));

  for (const other of [admin, voter.browser])
    expect(await look(other)).toMatchObject({ reason: 'ROLE_MAY_NOT' });
  const first = await look(convener);
  expect(first.events).toMatchObject([{ event: { type: 'poll:choicesRead', pollId: poll.id } }]);
  expect(first.ballots).toEqual([{ by: voter.id, paper: YES }]);
  expect(await look(convener)).toEqual({ events: [], ballots: first.ballots });

  const everywhere = async (paths: readonly string[]) => {
    for (const reader of [convener, admin, voter.browser])
      for (const path of paths) {
        const { status, body } = await reader.get(path);
        expect([path, status]).toEqual([path, 200]);
        expect([path, JSON.stringify(body).includes('"choices":["yes"]')]).toEqual([path, false]);
      }
  };
  await everywhere([at, ofPoll, `${at}/events?after=0`]);
  expect((await voter.browser.get(ofPoll)).body).toMatchObject({
    ballots: null,
    choicesRead: { [first.events[0].by]: first.events[0].at },
  });

  await must(convener.send('POST', `${at}/close`, {}));
  expect(await look(convener)).toMatchObject({ reason: 'SESSION_CLOSED' });
  await everywhere([at, `${at}/archive`, `${at}/log?after=0`]);
  const verdict = verifyArchive(await evidence({ at }));
  expect(verdict.findings.filter(({ holds }) => !holds)).toEqual([]);
});
