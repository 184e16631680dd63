// npm run verify-poll -- FILE: counts a poll again from the file that the room or the record gives out of it.
import { readFileSync, statSync } from 'node:fs';
import { POLL_FILE_BYTES, PollFile } from '../core/domain/polls/exporting.ts';
import { turnoutOfAll } from '../core/domain/polls/reading.ts';
import { verifyBox } from '../core/domain/polls/verifying-box.ts';
import { verifyPoll } from '../core/domain/polls/verifying.ts';
import { isOwnToken, readSpki } from '../server/box/keys.ts';

async function main(path: string | undefined): Promise<number> {
  if (path === undefined) throw new Error('Say which file: npm run verify-poll -- poll.json');
  if (statSync(path).size > POLL_FILE_BYTES) throw new Error('This file is too large to be of a poll.');
  const read = PollFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!read.success) {
    const [first] = read.error.issues;
    throw new Error(`This is no file of a poll: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`);
  }
  const { findings, holds, isRecounted } = verifyPoll(read.data);
  const { entitled, cast } = turnoutOfAll(read.data.result);
  console.log(`${read.data.draft.question}\n${read.data.seal}\nentitled ${entitled}, cast ${cast}`);
  for (const { check, holds: isRight, at } of findings)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} ${check}${at === null ? '' : ` ${JSON.stringify(at)}`}`);
  const inBox = await verifyBox(read.data, (key, ballot) => isOwnToken(readSpki(key.spki), ballot));
  for (const { check, holds: isRight, wrong } of inBox)
    console.log(`${isRight ? 'ok   ' : 'WRONG'} box: ${check} ${wrong.join(' ')}`.trim());
  if (read.data.key !== undefined && inBox.length === 0)
    console.log('The box is not in this file: its ballots could not be held against their tokens.');
  const { voided } = read.data;
  if (voided !== undefined)
    console.log(`VOID: this poll does not count. ${voided.confirmedAt} ${voided.why}`);
  if (!isRecounted) console.log('Who chose what is not in this file: the papers could not be counted.');
  const isSound = holds && inBox.every((finding) => finding.holds);
  console.log(isSound ? 'It holds.' : 'IT DOES NOT HOLD.');
  return isSound ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
