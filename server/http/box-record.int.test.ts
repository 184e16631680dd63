import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { verifyArchive, type Evidence } from '../../client/features/archives/verify.ts';
import { Archive } from '../../core/contract/archives.ts';
import { nullifierOf, trackerOf, type BoxBallot } from '../../core/domain/polls/box.ts';
import { fileOf, filesOf, PollFile } from '../../core/domain/polls/exporting.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { verifyBox } from '../../core/domain/polls/verifying-box.ts';
import { verifyPoll } from '../../core/domain/polls/verifying.ts';
import { isOwnToken, readSpki } from '../box/keys.ts';
import { blindFor } from '../testing/blind-voter.ts';
import {
  convener,
  db,
  evidence,
  must,
  openedSession,
  round,
  server,
  setErasingStage,
} from '../testing/erasing-stage.ts';
import { pollDraft } from '../testing/room-fixtures.ts';
import { browser } from '../testing/test-server.ts';

setErasingStage();

const [VOTERS, CAST] = [7, 5];
const choose = (choice: string): Paper => ({ shape: 'choices', choices: [choice] });
const checked = promisify(execFile);

/** A session with a box of which seven took a token, five cast; the trackers on their receipts. */
async function votedSession() {
  const { at, sessionId } = await openedSession();
  const wish = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 20 };
  const token = (await must(convener.send('POST', `${at}/links`, wish))).url.split('#')[1];
  const voters = [];
  for (let n = 0; n < VOTERS; n += 1) {
    const one = browser(server.url);
    const asked = { token, key: randomUUID(), consent: true, name: `居民${n}`, venueId: null };
    const { participantId } = await must(one.send('POST', '/api/join', asked));
    voters.push({ one, voter: participantId });
  }
  const poll = pollDraft('verifiable', ['resident']);
  await must(convener.send('POST', `${at}/polls`, poll));
  const opened = await must(convener.send('POST', `${at}/polls/${poll.id}/open`));
  const { key } = opened.events[0].event;
  const trackers: string[] = [];
  for (const [n, { one, voter }] of voters.entries()) {
    const mine = blindFor(key);
    const { signature } = await must(
      one.send('POST', `${at}/polls/${poll.id}/token`, { blinded: mine.blinded, voter }),
    );
    if (n >= CAST) continue;
    const ballot = mine.ballot(signature, choose(n % 2 === 0 ? 'yes' : 'no'));
    const taken = await fetch(`${server.url}/box/${sessionId}/${poll.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ballot),
    });
    trackers.push((await taken.json()).tracker);
  }
  await must(convener.send('POST', `${at}/polls/${poll.id}/close`));
  return { at, sessionId, pollId: poll.id, trackers };
}

/** What the page of the record gives out to be verified. */
async function takenOut(at: string): Promise<Evidence> {
  const { rows } = await evidence({ at });
  return { rows, archive: Archive.parse((await convener.get(`${at}/archive?with=boxes`)).body) };
}

/** Every check of every poll in a record that does not hold, and what was counted. */
async function recounted({ archive, rows }: Evidence) {
  const verdict = verifyArchive({ archive, rows });
  const wrong = verdict.findings.filter(({ holds }) => !holds).map(({ check }) => check as string);
  for (const file of filesOf(archive.room.polls, archive.boxes ?? {})) {
    const read = PollFile.parse(JSON.parse(JSON.stringify(file)));
    const found = verifyPoll(read);
    expect(found.isRecounted).toBe(true);
    wrong.push(...found.findings.filter(({ holds }) => !holds).map(({ check }) => check));
    const inBox = await verifyBox(read, (key, one) => isOwnToken(readSpki(key.spki), one));
    expect(inBox.length).toBeGreaterThan(0);
    wrong.push(...inBox.filter(({ holds }) => !holds).map(({ check }) => check));
  }
  return wrong;
}

it(
  'counts a poll again from the sealed record alone, behind the erasing of names too, and sees what was changed [B50] [B34]',
  { timeout: 120_000 },
  async () => {
    const { at, sessionId, pollId, trackers } = await votedSession();
    expect((await convener.get(`${at}/archive?with=boxes`)).body.reason).toBe('ARCHIVE_UNKNOWN');
    await must(convener.send('POST', `${at}/close`, {}));

    const sealed = await takenOut(at);
    const box = sealed.archive.boxes?.[pollId];
    if (box === undefined) throw new Error('the record has no box');
    expect(box.roster).toHaveLength(VOTERS);
    expect(box.ballots.map(({ msg }) => trackerOf(nullifierOf(msg), pollId))).toEqual([...trackers].sort());
    expect(await recounted(sealed)).toEqual([]);
    expect(verifyArchive(sealed).findings.at(-1)).toEqual({
      check: 'boxes',
      holds: true,
      boxes: 1,
      question: null,
    });
    // The door of the box goes on giving the same; whoever does not ask for boxes is not sent them.
    expect((await convener.get(`${at}/polls/${pollId}/box`)).body).toEqual(box);
    expect((await convener.get(`${at}/archive`)).body.boxes).toBeUndefined();

    // The names of guests go, and every row beside the record as well.
    expect(await round(8)).toMatchObject({ failed: 0 });
    expect((await convener.get(`${at}/polls/${pollId}/box`)).body).toEqual(box);
    await db.pool.query('delete from poll_ballot where session_id = $1', [sessionId]);
    const later = await takenOut(at);
    expect(JSON.stringify(later)).not.toContain('居民1');
    expect(later.archive.boxes).toEqual(sealed.archive.boxes);
    expect(await recounted(later)).toEqual([]);

    // Anything else than what was sealed is seen.
    const other = (change: Partial<typeof box>): Evidence => {
      return { ...later, archive: { ...later.archive, boxes: { [pollId]: { ...box, ...change } } } };
    };
    const [first, ...rest] = box.ballots as [BoxBallot, ...BoxBallot[]];
    for (const change of [
      { ballots: rest },
      { ballots: [{ ...first, paper: choose('abstain') }, ...rest] },
      { roster: box.roster.slice(1) },
      { root: 'a'.repeat(64) },
    ])
      expect(await recounted(other(change))).toContain('boxes');
    const { boxes: _boxes, ...without } = later.archive;
    expect(verifyArchive({ ...later, archive: without }).holds).toBe(false);

    // The same by the program that anybody can run.
    const folder = await mkdtemp(join(tmpdir(), 'record-'));
    try {
      const path = join(folder, 'record.json');
      const run = () => checked(process.execPath, ['--import', 'tsx', 'scripts/verify-poll.ts', path]);
      await writeFile(path, JSON.stringify(later));
      const { stdout } = await run();
      expect(stdout).toContain(`entitled ${box.roster.length + 1}, cast ${CAST}`);
      expect(stdout).toContain('ok    box: root');
      expect(stdout).toMatch(/It holds\.\s*$/);
      await writeFile(path, JSON.stringify(other({ ballots: rest })));
      await expect(run()).rejects.toMatchObject({ code: 1 });
      // What the record shows beside its log must be what the log folds to.
      const forged = (change: (polls: typeof later.archive.room.polls) => unknown) => {
        const { archive, ...more } = structuredClone(later);
        return {
          ...more,
          archive: { ...archive, room: { ...archive.room, polls: change(archive.room.polls) } },
        };
      };
      for (const change of [
        () => [],
        (polls: typeof later.archive.room.polls) => polls.map((poll) => ({ ...poll, result: null })),
      ]) {
        await writeFile(path, JSON.stringify(forged(change)));
        await expect(run()).rejects.toMatchObject({
          code: 1,
          stdout: expect.stringContaining('WRONG record'),
        });
      }
      const cut = { ...later, rows: later.rows.slice(0, -1) };
      await writeFile(path, JSON.stringify(cut));
      await expect(run()).rejects.toMatchObject({ code: 1 });
      // A file of the poll alone, without its box, or without its key either, is never called whole.
      const [poll] = later.archive.room.polls.filter(({ phase }) => phase === 'closed');
      const file = poll?.phase === 'closed' ? fileOf(poll) : null;
      expect(file?.box).toBeUndefined();
      await writeFile(path, JSON.stringify(file));
      await expect(run()).rejects.toMatchObject({ code: 3 });
      const { key: _key, ...keyless } = file ?? {};
      await writeFile(path, JSON.stringify(keyless));
      await expect(run()).rejects.toMatchObject({ code: 1 });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
