import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../core/domain/canonical.ts';
import { PollId } from '../../core/domain/ids.ts';
import type { PollDraft } from '../../core/domain/polls/draft.ts';
import { fileOf, PollFile } from '../../core/domain/polls/exporting.ts';
import { sentenceOf } from '../../core/domain/polls/sentence.ts';
import { verifyPoll } from '../../core/domain/polls/verifying.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import { recountChamber } from '../../core/testing/recount/recount.ts';
import { browser, type Browser } from '../testing/test-server.ts';
import {
  admin,
  convener,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  why,
} from '../testing/people-stage.ts';
import { signInAs } from '../testing/test-house.ts';

setPeopleStage();

const yes = { shape: 'choices', choices: ['y'] };
const no = { shape: 'choices', choices: ['n'] };
const poll = (secrecy: 'named' | 'secret' = 'named') =>
  usualPoll({
    id: PollId.parse(randomUUID()),
    question: '是否同意？',
    options: ['y', 'n'].map((id) => ({ id, text: id })),
    roles: ['member', 'resident'],
    secrecy,
  });

/** A session with a member and a resident, and a poll that is open in it. */
async function opened(
  secrecy: 'named' | 'secret' = 'named',
  rulesFor: (member: string) => Partial<PollDraft['rules']> = () => ({}),
) {
  const { at, seatIds } = await openOne();
  const resident = await signInAs(browser(server.url), house, 'stranger');
  const seat = {
    participantId: randomUUID(),
    personId: house.personIds['stranger'],
    role: 'resident',
    venueId: 'main',
  };
  expect(why(await convener.send('POST', `${at}/participants`, seat))).toBe('done');
  await resident.send('POST', `${at}/enter`, {});
  const usual = poll(secrecy);
  const draft = { ...usual, rules: { ...usual.rules, ...rulesFor(seatIds[1] ?? '') } };
  const here = `${at}/polls/${draft.id}`;
  expect(why(await convener.send('POST', `${at}/polls`, draft))).toBe('done');
  expect(why(await convener.send('POST', `${here}/open`, {}))).toBe('done');
  const shown = async (who: Browser = member) => (await who.get(here)).body;
  return { at, here, draft, resident, shown, seatIds };
}
type Opened = Awaited<ReturnType<typeof opened>>;

describe('a vote from outside', () => {
  let open: Opened;
  beforeEach(async () => {
    open = await opened('secret');
  });

  it('T11 is counted once, however many are sent at the same time, from where and with which key [B3]', async () => {
    const { here, shown } = open;
    const other = await signInAs(browser(server.url), house, 'member');
    const key = { 'idempotency-key': randomUUID() };
    const sent = await Promise.all(
      Array.from({ length: 24 }, (_, n) => {
        const from = n % 2 === 0 ? member : other;
        const paper = n % 4 < 2 ? yes : no;
        return from.send('PUT', `${here}/ballot`, paper, n % 5 === 0 ? key : {});
      }),
    );
    const first = sent.filter(({ status }) => status < 300).map(({ body }) => canonical(body.events));
    // The same key is answered with the same event; whatever else came is told that one has voted.
    expect(new Set(first).size).toBe(1);
    expect(
      new Set(sent.filter(({ status }) => status >= 300).map((answer) => why(answer))).size,
    ).toBeLessThanOrEqual(2);
    expect(Object.keys((await shown()).ballots)).toHaveLength(1);
    expect(why(await convener.send('POST', `${here}/close`, {}))).toBe('done');
    expect((await shown()).result.chambers[0].turnout).toMatchObject({ cast: 1, valid: 1 });
  });

  it('T12 is in the result or refused, when the poll is closed at the same time, more than once [B3] [B6]', async () => {
    const { here, shown, resident } = open;
    const close = () => convener.send('POST', `${here}/close`, {});
    const [one, two, ...closes] = await Promise.all([
      member.send('PUT', `${here}/ballot`, yes),
      resident.send('PUT', `${here}/ballot`, no),
      close(),
      close(),
      close(),
    ]);
    const counted = [one, two].filter((answer) => answer.status < 300).length;
    for (const answer of [one, two])
      if (answer.status >= 300) expect([answer.body.code, why(answer)]).toEqual(['CLOSED', 'POLL_CLOSED']);
    expect(closes.map((answer) => why(answer)).sort()).toEqual(['POLL_CLOSED', 'POLL_CLOSED', 'done']);
    const seen = await Promise.all([member, resident, convener].map((who) => shown(who)));
    expect(new Set(seen.map((poll) => JSON.stringify(poll.result))).size).toBe(1);
    expect(seen[0].result.chambers[0].turnout.cast).toBe(counted);
    expect(why(await member.send('PUT', `${here}/ballot`, yes))).toBe('POLL_CLOSED');
  });

  it('T14 is joined with nobody by anything that its readers are sent or can fetch [B5]', async () => {
    const { at, here, resident } = open;
    const cast = await member.send('PUT', `${here}/ballot`, yes);
    const answers = [
      cast,
      await resident.send('PUT', `${here}/ballot`, no),
      await convener.send('POST', `${here}/close`, {}),
    ];
    expect(JSON.stringify([answers[0]?.body, answers[1]?.body])).not.toMatch(/"choices"/);
    for (const who of [member, resident, convener, admin])
      for (const path of [here, `${at}/snapshot`, `${at}/events?after=0`]) {
        const { body } = await who.get(path);
        const text = JSON.stringify(body.room?.polls ?? body.events ?? body);
        // Papers are there without a name; whoever voted is there without a paper.
        expect(text).not.toMatch(/"by":"[^"]+","paper":\{/);
        expect(text.split('"choices":["y"]').length).toBe(2);
      }
  });

  it('T15 T16 is held by rules that stay, and is neither deleted, reset nor opened again [B6] [B40] [B41]', async () => {
    const { at, here, draft, shown } = open;
    await member.send('PUT', `${here}/ballot`, yes);
    const rules = { ...draft.rules, secrecy: 'named' };
    const tries: [string, string, unknown, number, string][] = [
      ['PUT', here, { ...draft, question: '改了' }, 409, 'POLL_ALREADY_OPENED'],
      ['PUT', here, { ...draft, rules }, 409, 'POLL_ALREADY_OPENED'],
      ['DELETE', here, {}, 409, 'POLL_ALREADY_OPENED'],
      ['POST', `${at}/polls`, draft, 409, 'ID_TAKEN'],
      ['POST', `${here}/open`, {}, 409, 'POLL_ALREADY_OPENED'],
      ['POST', `${here}/extend`, {}, 409, 'POLL_NO_EXTENSION'],
    ];
    for (const [method, path, body, status, reason] of tries) {
      const answer = await convener.send(method, path, body);
      expect([method, path, answer.status, why(answer)]).toEqual([method, path, status, reason]);
    }
    // Void by two people alone, told to everybody, with what it counted.
    expect(why(await member.send('POST', `${here}/void`, { why: '我不服' }))).toBe('ROLE_MAY_NOT');
    const key = { 'idempotency-key': randomUUID() };
    const proposed = await convener.send('POST', `${here}/void`, { why: '名单有误' }, key);
    expect(why(proposed)).toBe('done');
    expect((await convener.send('POST', `${here}/void`, { why: '名单有误' }, key)).body).toEqual(
      proposed.body,
    );
    expect(why(await convener.send('POST', `${here}/void/confirm`, {}))).toBe('VOID_BY_ANOTHER');
    expect(why(await admin.send('POST', `${here}/void/confirm`, {}))).toBe('done');
    expect(await shown()).toMatchObject({
      phase: 'closed',
      voided: { why: '名单有误', confirmedBy: 'office' },
      papers: [yes],
      result: { chambers: [{ count: { choices: { y: 1 } } }] },
    });
  });

  it('T17 is nobody’s but the voter’s: no field and no key makes it another’s [B1]', async () => {
    const { here, seatIds, shown, resident } = open;
    const [, memberSeat] = seatIds;
    for (const more of [{ userId: memberSeat }, { onBehalfOf: memberSeat }, { by: memberSeat }])
      expect((await resident.send('PUT', `${here}/ballot`, { ...no, ...more })).body.code).toBe('INVALID');
    const key = { 'idempotency-key': randomUUID() };
    expect(why(await member.send('PUT', `${here}/ballot`, yes, key))).toBe('done');
    expect(why(await resident.send('PUT', `${here}/ballot`, yes, key))).toBe('KEY_REUSED');
    expect(Object.keys((await shown()).ballots)).toEqual([memberSeat]);
    // Whoever was spoken for can still vote.
    expect(why(await resident.send('PUT', `${here}/ballot`, no))).toBe('done');
    expect(why(await convener.send('PUT', `${here}/ballot`, yes))).toBe('NOT_ELIGIBLE');
  });
});

describe('votes that weigh differently', () => {
  it('are frozen with the rules, counted by weight and by head, said, and counted again from the file [B17] [B26]', async () => {
    const { here, draft, shown, resident, seatIds } = await opened('named', (seat) => ({
      weights: { [seat]: 2_500_000 },
      thresholds: [{ on: 'chosen', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' }],
    }));
    const heavy = draft.rules.weights;
    const lighter = { ...draft, rules: { ...draft.rules, weights: null } };
    expect(why(await convener.send('PUT', here, lighter))).toBe('POLL_ALREADY_OPENED');
    expect(why(await member.send('PUT', `${here}/ballot`, yes))).toBe('done');
    expect(why(await resident.send('PUT', `${here}/ballot`, no))).toBe('done');
    expect(why(await convener.send('POST', `${here}/close`, {}))).toBe('done');
    const closed = await shown();
    expect(heavy).toEqual({ [seatIds[1] ?? '']: 2_500_000 });
    const file = PollFile.parse(structuredClone(fileOf(closed)));
    expect(file.draft.rules.weights).toEqual(heavy);
    const [chamber] = file.result.chambers;
    if (chamber === undefined) throw new Error('there is one chamber');
    expect(chamber).toMatchObject({
      count: { choices: { y: 2_500_000, n: 1_000_000 } },
      unweighed: { choices: { y: 1, n: 1 } },
      weighs: { cast: 3_500_000, valid: 3_500_000 },
      verdict: {
        judgements: [
          { itemId: 'y', outcome: 'broad' },
          { itemId: 'n', outcome: 'divided' },
        ],
      },
    });
    const said = sentenceOf(file.draft, chamber).filter(({ code }) => code === 'item');
    expect(said).toMatchObject([{ id: 'y' }, { id: 'n' }]);
    // Apart, by the second counter.
    const box = (file.ballots ?? []).map(({ by, paper }) => ({
      paper,
      weight: heavy?.[by] ?? 1_000_000,
    }));
    const { ask, rules } = file.draft;
    const again = recountChamber({ question: { ask, rules }, people: chamber.turnout, box, lots: [] });
    expect([again.count, again.unweighed]).toEqual([chamber.count, chamber.unweighed]);
    expect(again.verdict).toEqual(chamber.verdict);
    // And by whoever has the file: as it is, and with a weight that is another.
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true, isRollSealed: true });
    const bent = { ...file.draft, rules: { ...rules, weights: { [seatIds[1] ?? '']: 1_000_000 } } };
    const found = verifyPoll({ ...file, draft: bent }).findings.filter(({ holds }) => !holds);
    expect(found.map(({ check }) => check)).toEqual(['seal', 'count', 'verdict']);
  });
});
