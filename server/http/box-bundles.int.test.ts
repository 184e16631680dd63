import { describe, expect, it } from 'vitest';
import { unzip } from '../../core/domain/bundle/unzip.ts';
import { PollFile } from '../../core/domain/polls/exporting.ts';
import { verifyPoll } from '../../core/domain/polls/verifying.ts';
import { verifyBox } from '../../core/domain/polls/verifying-box.ts';
import { isOwnToken, readSpki } from '../box/keys.ts';
import { blindFor } from '../testing/blind-voter.ts';
import { takeFile } from '../testing/files-by-hand.ts';
import {
  at,
  convener,
  join,
  makeLink,
  newGuest,
  server,
  sessionId,
  setJoinStage,
  why,
} from '../testing/join-stage.ts';
import { pollDraft } from '../testing/room-fixtures.ts';

setJoinStage();

describe('a ballot box that was counted', () => {
  it('lies in the record that is taken away, and is counted again from it [B34] [BU1]', async () => {
    await convener.send('POST', `${at}/enter`);
    await convener.send('POST', `${at}/open`, { why: '测试' });
    const { token } = await makeLink();
    const voters = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const browser = newGuest();
        return { browser, voter: (await join(browser, token)).body.participantId };
      }),
    );
    const poll = pollDraft('verifiable', ['resident']);
    const polls = `${at}/polls`;
    expect(why(await convener.send('POST', polls, poll))).toBe('done');
    const opened = await convener.send('POST', `${polls}/${poll.id}/open`);
    const { key } = opened.body.events[0].event;
    for (const { browser, voter } of voters) {
      const mine = blindFor(key);
      const taken = await browser.send('POST', `${polls}/${poll.id}/token`, { blinded: mine.blinded, voter });
      const ballot = mine.ballot(taken.body.signature, { shape: 'choices', choices: ['yes'] });
      expect(why(await newGuest().send('POST', `/box/${sessionId}/${poll.id}`, ballot))).toBe('done');
    }
    expect(why(await convener.send('POST', `${polls}/${poll.id}/close`))).toBe('done');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const { bytes } = await takeFile(convener, `${server.url}${at}/archive/bundle`);
    const read = unzip(bytes);
    const entry = read.ok ? read.files.get(`polls/${poll.id}.json`) : undefined;
    const file = PollFile.parse(JSON.parse(Buffer.from(entry ?? []).toString()));
    expect(file.box?.ballots).toHaveLength(3);
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true });
    const inBox = await verifyBox(file, (of, one) => isOwnToken(readSpki(of.spki), one));
    expect(inBox.filter(({ holds }) => !holds)).toEqual([]);
    expect(inBox).not.toEqual([]);
  });
});
