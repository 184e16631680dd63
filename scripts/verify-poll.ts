// npm run verify-poll -- FILE: counts a poll again from the file that the room or the record gives out of it; or all polls of a
// sealed record, from the evidence that its page gives out. --receipt RECEIPT: holds what a voter kept against it too. Ends with 0:
// counted again, the same; 1: something is wrong; 2: no such file; 3: nothing is wrong, and papers were not there to be counted.
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Archive } from '../core/contract/archives.ts';
import { LogRow, toEnvelope, verifyChain } from '../core/domain/chain.ts';
import { filesOf, POLL_FILE_BYTES, PollFile } from '../core/domain/polls/exporting.ts';
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
  const room = applyAll(EMPTY_ROOM, rows.map(toEnvelope));
  const isElsewhere = (id: string) => receipt?.pollId !== id;
  let isSound = true;
  if (receipt !== null && archive.room.polls.every(({ draft }) => isElsewhere(draft.id))) {
    console.log('WRONG receipt: poll');
    isSound = false;
  }
  for (const file of filesOf(archive.room.polls, archive.boxes ?? {})) {
    const told = room.polls.find(({ draft }) => draft.id === file.draft.id);
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

/** root: as the chain tells it. */
async function pollHolds(
  file: PollFile,
  { root, receipt }: { readonly root?: string; readonly receipt: Receipt },
): Promise<boolean> {
  const { findings, holds, isRecounted, isRollSealed } = verifyPoll(file);
  counted.push(isRecounted);
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
  if (file.key !== undefined && inBox.length === 0)
    console.log('The box is not in this file: its ballots could not be held against their tokens.');
  const ofReceipt = receipt === null ? [] : verifyReceipt(file, receipt);
  for (const { check, holds: isRight } of ofReceipt)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} receipt: ${check}`);
  const { voided } = file;
  if (voided !== undefined)
    console.log(`VOID: this poll does not count. ${voided.confirmedAt} ${voided.why}`);
  if (!isRecounted) console.log('Who chose what is not in this file: the papers could not be counted.');
  if (holds && !isRollSealed)
    console.log(
      'The seal of this poll does not cover who was due and present: they are taken as the file tells them.',
    );
  return holds && [...inBox, ...ofReceipt].every((finding) => finding.holds);
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
