// npm run verify-poll -- FILE: counts a poll again from the file that the room or the record gives out of it; or all polls of a
// sealed record, from the evidence that its page gives out. --receipt RECEIPT: holds what a voter kept against it too. Ends with 0:
// counted again, the same; 1: something is wrong; 2: no such file; 3: nothing is wrong, and papers were not there to be counted.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Archive } from '../core/contract/archives.ts';
import { canonical } from '../core/domain/canonical.ts';
import { LogRow, toEnvelope, verifyChain } from '../core/domain/chain.ts';
import { filesOf, POLL_FILE_BYTES, PollFile } from '../core/domain/polls/exporting.ts';
import type { Poll } from '../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { RECEIPT_BYTES, receiptIn, verifyReceipt, type ReceiptFile } from '../core/domain/polls/receipts.ts';
import { verifyBox } from '../core/domain/polls/verifying-box.ts';
import { verifyPoll } from '../core/domain/polls/verifying.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { isOwnToken, readSpki } from '../server/box/keys.ts';

/** Of each poll that was looked at, whether its papers were there to be counted. */
const counted: boolean[] = [];

const Evidence = z.object({ archive: Archive, rows: z.array(LogRow) });

async function main(asked: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...asked],
    allowPositionals: true,
    options: { receipt: { type: 'string' } },
  });
  const [path] = positionals;
  if (path === undefined)
    throw new Error('Say which file: npm run verify-poll -- poll.json [--receipt receipt.txt]');
  const receipt = values.receipt === undefined ? null : receiptAt(values.receipt);
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const isRecord = typeof content === 'object' && content !== null && 'archive' in content;
  const isSound = isRecord
    ? await recordHolds(content, receipt)
    : await fileHolds(content, statSync(path).size, receipt);
  const isWhole = isSound && counted.every(Boolean);
  console.log(
    isWhole ? 'It holds.' : isSound ? 'Nothing is wrong, and it was NOT RECOUNTED.' : 'IT DOES NOT HOLD.',
  );
  return isWhole ? 0 : isSound ? 3 : 1;
}

function receiptAt(path: string): ReceiptFile {
  const receipt = statSync(path).size > RECEIPT_BYTES ? null : receiptIn(readFileSync(path, 'utf8'));
  if (receipt === null) throw new Error('This is no receipt of a poll.');
  return receipt;
}

type Receipt = ReceiptFile | null;

async function fileHolds(content: unknown, bytes: number, receipt: Receipt): Promise<boolean> {
  if (bytes > POLL_FILE_BYTES) throw new Error('This file is too large to be of a poll.');
  return await pollHolds(read(PollFile, content, 'file of a poll'), { receipt });
}

/** The chain first: what it was told as a box closed is what the box is held against. */
async function recordHolds(content: unknown, receipt: Receipt): Promise<boolean> {
  const { archive, rows } = read(Evidence, content, 'evidence of a record');
  const chain = verifyChain(archive.sessionId, rows, archive.headHash);
  console.log(chain.valid ? `ok    chain of ${rows.length} entries` : `WRONG chain, entry ${chain.seq}`);
  if (!chain.valid) return false;
  // A log cut off at its end still chains: the record says how long it is.
  if (rows.length !== archive.seq) {
    console.log(`WRONG chain: ${rows.length} entries of ${archive.seq}`);
    return false;
  }
  // What is counted is what the log folds to; what the record shows beside it must be the same.
  const { polls } = applyAll(EMPTY_ROOM, rows.map(toEnvelope));
  const isElsewhere = (id: string) => receipt?.pollId !== id;
  let isSound = true;
  for (const shown of differing(polls, archive.room.polls, rows)) {
    console.log(`WRONG record: what it shows of ${shown} is not what the log folds to`);
    isSound = false;
  }
  if (receipt !== null && polls.every(({ draft }) => isElsewhere(draft.id))) {
    console.log('WRONG receipt: poll');
    isSound = false;
  }
  for (const file of filesOf(polls, archive.boxes ?? {})) {
    const told = polls.find(({ draft }) => draft.id === file.draft.id);
    const root = told?.phase === 'closed' ? told.box?.root : undefined;
    console.log('');
    const holds = await pollHolds(file, {
      receipt: isElsewhere(file.draft.id) ? null : receipt,
      ...(root === undefined ? {} : { root }),
    });
    // A record that lost a box is not whole.
    isSound &&= holds && (file.key === undefined || file.box !== undefined);
  }
  return isSound;
}

/** Ids of polls that a record shows otherwise than its log tells, or not at all; where words were erased, by the numbers only. */
function differing(
  told: readonly Poll[],
  shown: readonly Poll[],
  rows: readonly LogRow[],
): readonly string[] {
  const isErased = rows.some(({ commitment, personal }) => commitment !== null && personal === null);
  const kept = (poll: Poll): string => {
    if (poll.phase !== 'closed' || !isErased) return canonical(poll);
    const { closedAt, result, voided } = poll;
    const turnout = result === null ? null : turnoutOfAll(result);
    return canonical({ closedAt, turnout, voidedAt: voided?.confirmedAt ?? null });
  };
  const ours = new Map(told.map((poll) => [poll.draft.id, kept(poll)] as const));
  const theirs = new Map(shown.map((poll) => [poll.draft.id, kept(poll)] as const));
  return [...new Set([...ours.keys(), ...theirs.keys()])].filter((id) => ours.get(id) !== theirs.get(id));
}

/** root: as the chain tells it. */
async function pollHolds(
  file: PollFile,
  { root, receipt }: { readonly root?: string; readonly receipt: Receipt },
): Promise<boolean> {
  const { findings, holds, isRecounted, isRollSealed } = verifyPoll(file);
  const lacksKey = file.draft.rules.secrecy === 'verifiable' && file.key === undefined;
  // Without its box the papers of such a poll rest on the word of whoever gave out the file.
  const lacksBox = file.draft.rules.secrecy === 'verifiable' && file.box === undefined;
  counted.push(isRecounted && !lacksBox);
  const { entitled, cast } = turnoutOfAll(file.result);
  console.log(`${file.draft.question}\n${file.seal}\nentitled ${entitled}, cast ${cast}`);
  for (const { check, holds: isRight, at } of findings)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} ${check}${at === null ? '' : ` ${JSON.stringify(at)}`}`);
  const inBox = await verifyBox(
    file,
    (key, ballot) => isOwnToken(readSpki(key.spki), ballot),
    root === undefined ? {} : { root },
  );
  for (const { check, holds: isRight, wrong } of inBox)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} box: ${check} ${wrong.join(' ')}`.trim());
  if (lacksKey) console.log('WRONG box: the key of a poll that is 无记名可核验 is not in this file');
  if (lacksBox)
    console.log('The box is not in this file: its ballots could not be held against their tokens.');
  const ofReceipt = receipt === null ? [] : verifyReceipt(file, receipt);
  for (const { check, holds: isRight } of ofReceipt)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} receipt: ${check}`);
  const { voided } = file;
  if (voided !== undefined)
    console.log(`VOID: this poll does not count. ${voided.confirmedAt} ${voided.why}`);
  else
    console.log(
      'Whether it was made void afterwards is not under its seal: compare with the room, or check the record.',
    );
  if (file.stood !== undefined)
    console.log(
      `Who cast a paper in the place of another is as the file tells it: ${Object.keys(file.stood).length}.`,
    );
  if (!isRecounted) console.log('Who chose what is not in this file: the papers could not be counted.');
  if (holds && !isRollSealed)
    console.log(
      'The seal of this poll does not cover who was due and present: they are taken as the file tells them.',
    );
  return holds && !lacksKey && [...inBox, ...ofReceipt].every((finding) => finding.holds);
}

function read<T>(schema: z.ZodType<T>, content: unknown, what: string): T {
  const found = schema.safeParse(content);
  if (found.success) return found.data;
  const [first] = found.error.issues;
  throw new Error(`This is no ${what}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
