import { ed25519 } from '@noble/curves/ed25519.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { as, choose, poll, pollId, seated } from '../../testing/builders.ts';
import { BOX_KEY } from '../../testing/held-papers.ts';
import { canonical } from '../canonical.ts';
import { digest } from '../digest.ts';
import { byTracker, nullifierOf, receiptText, rootOf, textOf, trackerOf, type BoxBallot } from './box.ts';
import { fileOf, type PollFile } from './exporting.ts';
import { isReceiptOf, receiptIn, verifyReceipt, type ReceiptFile } from './receipts.ts';

const secret = new Uint8Array(32).fill(7);
const receipts = textOf(ed25519.getPublicKey(secret));
const signed = (text: string) => textOf(ed25519.sign(utf8ToBytes(text), secret));
const ballotOf = (n: number): BoxBallot => ({
  msg: textOf(new Uint8Array(64).fill(n)),
  signature: textOf(new Uint8Array(384).fill(n)),
  paper: choose(n === 1 ? 'y' : 'n'),
});

/** A closed poll with its box, and the receipt of the ballot that says yes. */
function held(): { readonly file: PollFile; readonly receipt: ReceiptFile } {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(0, { secrecy: 'verifiable' }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(0) }, { key: { ...BOX_KEY, receipts } });
  const ballots = byTracker(pollId(0), [ballotOf(1), ballotOf(2)]);
  const [open] = t.room().polls;
  const roster = open?.phase === 'open' ? open.electorate.slice(0, 2).map(({ id }) => id) : [];
  const root = rootOf(pollId(0), ballots);
  const box = { issued: 2, cast: 2, root, roster };
  const papers = ballots.map(({ paper }) => paper);
  t.must(as(0), { type: 'closePoll', pollId: pollId(0) }, { papers, box });
  const [closed] = t.room().polls;
  const file = closed?.phase === 'closed' ? fileOf(closed, { roster, root, ballots }) : null;
  if (file === null) throw new Error('no file');
  const { msg, paper } = ballotOf(1);
  const nullifier = nullifierOf(msg);
  return {
    file,
    receipt: {
      format: 'shangliang/receipt/1',
      pollId: pollId(0),
      seal: file.seal,
      tracker: trackerOf(nullifier, pollId(0)),
      nullifier,
      paperHash: digest(canonical(paper)),
      receipt: signed(receiptText(pollId(0), nullifier, paper)),
      fingerprint: BOX_KEY.fingerprint,
      receipts,
    },
  };
}

const wrongIn = (file: PollFile, receipt: ReceiptFile) =>
  verifyReceipt(file, receipt)
    .filter(({ holds }) => !holds)
    .map(({ check }) => check);

describe('a receipt held against a closed poll [B37]', () => {
  it('holds where its ballot lies in the box as it was taken', () => {
    const { file, receipt } = held();
    expect(verifyReceipt(file, receipt).map(({ check }) => check)).toEqual([
      'poll',
      'key',
      'signature',
      'tracker',
      'listed',
      'paper',
    ]);
    expect(wrongIn(file, receipt)).toEqual([]);
  });

  it.each<[string, (file: PollFile, receipt: ReceiptFile) => [PollFile, ReceiptFile], string[]]>([
    ['another poll', (f, r) => [f, { ...r, pollId: pollId(3) }], ['poll']],
    ['another seal', (f, r) => [f, { ...r, seal: '0'.repeat(64) }], ['poll']],
    ['another key of receipts', (f, r) => [f, { ...r, receipts: BOX_KEY.receipts }], ['key']],
    [
      'a paper that was not signed for',
      (f, r) => [f, { ...r, paperHash: '0'.repeat(64) }],
      ['signature', 'paper'],
    ],
    ['no signature', (f, r) => [f, { ...r, receipt: 'r'.repeat(86) }], ['signature']],
    ['another tracker', (f, r) => [f, { ...r, tracker: '0000-0000' }], ['tracker']],
    [
      'a box without the ballot',
      (f, r) => [{ ...f, box: { roster: [], root: '', ballots: [ballotOf(2)] } }, r],
      ['listed'],
    ],
    [
      'a box with another paper',
      (f, r) => [
        { ...f, box: { roster: [], root: '', ballots: [{ ...ballotOf(1), paper: choose('n') }] } },
        r,
      ],
      ['paper'],
    ],
    ['no box', ({ box: _box, ...f }, r) => [f, r], ['box']],
    [
      'a file that another key was put into',
      (f, r) => [{ ...f, key: { ...BOX_KEY, receipts: BOX_KEY.receipts } }, r],
      ['key', 'signature'],
    ],
  ])('names what does not hold: %s', (_, change, wrong) => {
    const { file, receipt } = held();
    expect(wrongIn(...change(file, receipt))).toEqual(wrong);
  });

  it('is read out of the words around it, and nothing else is taken for one', () => {
    const { receipt } = held();
    const text = `意向投票回执\r\n{不是这一行}\r\n${JSON.stringify(receipt)}\r\n`;
    expect(receiptIn(text)).toEqual(receipt);
    for (const none of ['', '{', '{}', JSON.stringify({ ...receipt, more: 1 }), '[]'])
      expect(receiptIn(none)).toBeNull();
  });

  it('is no signature where the key is none', () => {
    const { receipt } = held();
    expect(isReceiptOf(receipts, receipt, receipt.receipt)).toBe(true);
    for (const key of ['', '!', textOf(new Uint8Array(32).fill(255))])
      expect(isReceiptOf(key, receipt, receipt.receipt)).toBe(false);
  });
});
