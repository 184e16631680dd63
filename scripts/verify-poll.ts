// npm run verify-poll -- FILE: counts a poll again from the file that the room or the record gives out of it; or all polls of a
// sealed record, from the evidence that its page gives out.
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { Archive } from '../core/contract/archives.ts';
import { LogRow, toEnvelope, verifyChain } from '../core/domain/chain.ts';
import { filesOf, POLL_FILE_BYTES, PollFile } from '../core/domain/polls/exporting.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { verifyBox } from '../core/domain/polls/verifying-box.ts';
import { verifyPoll } from '../core/domain/polls/verifying.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { isOwnToken, readSpki } from '../server/box/keys.ts';

const Evidence = z.object({ archive: Archive, rows: z.array(LogRow) });

async function main(path: string | undefined): Promise<number> {
  if (path === undefined) throw new Error('Say which file: npm run verify-poll -- poll.json');
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const isRecord = typeof content === 'object' && content !== null && 'archive' in content;
  const isSound = isRecord ? await recordHolds(content) : await fileHolds(content, statSync(path).size);
  console.log(isSound ? 'It holds.' : 'IT DOES NOT HOLD.');
  return isSound ? 0 : 1;
}

async function fileHolds(content: unknown, bytes: number): Promise<boolean> {
  if (bytes > POLL_FILE_BYTES) throw new Error('This file is too large to be of a poll.');
  return await pollHolds(read(PollFile, content, 'file of a poll'));
}

/** The chain first: what it was told as a box closed is what the box is held against. */
async function recordHolds(content: unknown): Promise<boolean> {
  const { archive, rows } = read(Evidence, content, 'evidence of a record');
  const chain = verifyChain(archive.sessionId, rows, archive.headHash);
  console.log(chain.valid ? `ok    chain of ${rows.length} entries` : `WRONG chain, entry ${chain.seq}`);
  if (!chain.valid) return false;
  const room = applyAll(EMPTY_ROOM, rows.map(toEnvelope));
  let isSound = true;
  for (const file of filesOf(archive.room.polls, archive.boxes ?? {})) {
    const told = room.polls.find(({ draft }) => draft.id === file.draft.id);
    const root = told?.phase === 'closed' ? told.box?.root : undefined;
    console.log('');
    const holds = await pollHolds(file, root);
    // A record that lost a box is not whole.
    isSound &&= holds && (file.key === undefined || file.box !== undefined);
  }
  return isSound;
}

/** root: as the chain tells it. */
async function pollHolds(file: PollFile, root?: string): Promise<boolean> {
  const { findings, holds, isRecounted } = verifyPoll(file);
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
  const { voided } = file;
  if (voided !== undefined)
    console.log(`VOID: this poll does not count. ${voided.confirmedAt} ${voided.why}`);
  if (!isRecounted) console.log('Who chose what is not in this file: the papers could not be counted.');
  return holds && inBox.every((finding) => finding.holds);
}

function read<T>(schema: z.ZodType<T>, content: unknown, what: string): T {
  const found = schema.safeParse(content);
  if (found.success) return found.data;
  const [first] = found.error.issues;
  throw new Error(`This is no ${what}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`);
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
