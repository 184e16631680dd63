import { describe, expect, it } from 'vitest';
import { canonical } from '../../../core/domain/canonical.ts';
import { type LogRow } from '../../../core/domain/chain.ts';
import { commit, genesis, linkHash } from '../../../core/domain/linking.ts';
import { digest } from '../../../core/domain/digest.ts';
import type { Archive } from '../../../core/contract/archives.ts';
import type { Envelope } from '../../../core/domain/events.ts';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import { splitPersonal } from '../../../core/domain/personal.ts';
import { SessionId } from '../../../core/domain/ids.ts';
import {
  as,
  AT,
  choose,
  participantId,
  poll,
  pollId,
  seated,
  uuid,
  view,
  viewId,
} from '../../../core/testing/builders.ts';
import { AUDIENCES } from '../../../core/domain/room/audiences.ts';
import { rowSeenBy } from '../../../core/domain/room/seen-by.ts';
import { verifyArchive, type Finding } from './verify.ts';

const SESSION = SessionId.parse(uuid('sess', 1));
const OUTCOME: OutcomeNode = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: '会议建议增设护学岗。' }] }],
};

/** A session from plan to archive with its chained log, as the engine stores it. */
function sealed(act: (t: ReturnType<typeof seated>) => void = () => undefined): {
  archive: Archive;
  rows: LogRow[];
} {
  const t = seated({ open: true });
  t.must(as(3), { type: 'enterRoom' });
  t.must(as(3), { type: 'postView', view: view(0) });
  t.must(as(1), { type: 'postView', view: view(1, { replyTo: viewId(0) }) });
  act(t);
  t.must(as(0), { type: 'preparePoll', poll: poll(0) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(0) });
  // The first of the two is superseded; who chose it is nobody's business [B4].
  for (const choice of ['n', 'y'])
    t.must(as(1), { type: 'castBallot', pollId: pollId(0), paper: choose(choice) });
  t.must(as(0), { type: 'removeParticipant', participantId: participantId(6), why: '私下的理由' });
  t.must(as(0), { type: 'closePoll', pollId: pollId(0) });
  const sha256 = digest(canonical(OUTCOME));
  t.must(as(0), { type: 'closeSession' }, { text: { head: 7, sha256 } });
  const rows = chain(t.log);
  return {
    rows,
    archive: {
      sessionId: SESSION,
      sealedAt: AT,
      seq: rows.length,
      headHash: rows[rows.length - 1]?.hash ?? '',
      // What comes over the wire is JSON with its keys in any order.
      room: JSON.parse(canonical(t.room())),
      outcome: OUTCOME,
      outcomeHash: sha256,
    },
  };
}

/** The same, with a text that was confirmed behind the meeting: sent back once, and adopted over somebody. */
function confirmed(): { archive: Archive; rows: LogRow[] } {
  const { archive } = sealed();
  const t = seated({ open: true });
  for (const n of [1, 3]) t.must(as(n), { type: 'enterRoom' });
  t.must(as(0), { type: 'endMeeting' });
  const text = { head: 7, sha256: archive.outcomeHash };
  t.must(as(5), { type: 'settleText', why: '没有任务' }, { text, missing: ['tasks'] });
  t.must(as(5), { type: 'reopenText', why: '漏了一项' });
  t.must(as(5), { type: 'settleText', why: '没有任务' }, { text, missing: ['tasks'] });
  t.must(as(1), { type: 'signOutcome', sha256: text.sha256, reservation: '第二条有保留' });
  t.must(as(0), { type: 'adoptOutcome', why: '逾期未反馈' }, { text });
  const log = chain(t.log);
  const headHash = log[log.length - 1]?.hash ?? '';
  const room = JSON.parse(canonical(t.room()));
  return { rows: log, archive: { ...archive, seq: log.length, headHash, room } };
}

function chain(log: readonly Envelope[]): LogRow[] {
  let previous = genesis(SESSION);
  return log.map(({ seq, at, by, event }) => {
    const { payload, personal } = splitPersonal(event);
    const salt = personal === null ? null : 'a'.repeat(32);
    const commitment = personal === null || salt === null ? null : commit(salt, personal);
    const open = { seq, at, by, payload, commitment };
    previous = linkHash(previous, open);
    return { ...open, personal: personal === null ? null : { ...personal }, salt, hash: previous };
  });
}

function finding(findings: readonly Finding[], check: Finding['check']) {
  return findings.find((one) => one.check === check);
}

describe(verifyArchive.name, () => {
  it('holds for a text that was confirmed, its words erased or not, and for no other text [N6] [L4]', () => {
    const { archive, rows } = confirmed();
    expect(verifyArchive({ archive, rows })).toMatchObject({ holds: true });
    const erased = rows.map((row) => (row.personal === null ? row : { ...row, personal: null, salt: null }));
    expect(verifyArchive({ archive, rows: erased })).toMatchObject({ holds: true });
    const outcome: OutcomeNode = { type: 'doc', content: [] };
    const other = { ...archive, outcome, outcomeHash: digest(canonical(outcome)) };
    expect(verifyArchive({ archive: other, rows })).toMatchObject({ holds: false });
    const signing = { ...archive.room.signing!, signatures: [] };
    const forged = { ...archive, room: { ...archive.room, signing } };
    expect(finding(verifyArchive({ archive: forged, rows }).findings, 'room')).toMatchObject({
      part: 'signing',
    });
  });

  it('is green for what the engine sealed [L2] [L5] [O3]', () => {
    const { archive, rows } = sealed();
    const verdict = verifyArchive({ archive, rows });
    expect(verdict.findings).toEqual([
      { check: 'chain', holds: true, rows: rows.length, erased: 0 },
      { check: 'room', holds: true, part: null },
      { check: 'text', holds: true, fingerprint: archive.outcomeHash },
    ]);
    expect(verdict.holds).toBe(true);
  });

  it('is green where views were endorsed, corrected and withdrawn, and shows what became of them [V6] [V8] [V9]', () => {
    const { archive, rows } = sealed((t) => {
      t.must(as(1), { type: 'endorseView', viewId: viewId(0) });
      t.must(as(3), { type: 'editView', viewId: viewId(0), text: '改过的话' });
      t.must(as(1), { type: 'withdrawView', viewId: viewId(1) });
    });
    expect(archive.room.views).toMatchObject([
      { text: '改过的话', edits: [{ text: '意见 0' }], endorsedBy: [0] },
      { text: '', withdrawnAt: AT },
    ]);
    for (const audience of AUDIENCES) {
      const seen = rows.map((row) => rowSeenBy(row, audience, archive.room));
      expect(verifyArchive({ archive, rows: seen }).holds).toBe(true);
      expect(JSON.stringify(seen).includes('意见 1')).toBe(audience === 'chair');
    }
    // An endorsement that nobody gave is found.
    const forged = {
      ...archive.room,
      views: archive.room.views.map((view) => ({ ...view, endorsedBy: [0] })),
    };
    expect(verifyArchive({ archive: { ...archive, room: forged }, rows }).holds).toBe(false);
    // Words that were erased on request are not compared, however often they were corrected.
    const erased = rows.map((row) =>
      row.payload.type === 'view:posted' ? { ...row, personal: null, salt: null } : row,
    );
    expect(verifyArchive({ archive, rows: erased }).holds).toBe(true);
  });

  it('is green for every audience with what it may read, and says how many rows are withheld [L6] [L4]', () => {
    const { archive, rows } = sealed();
    const verdicts = AUDIENCES.map((audience) => {
      const seen = rows.map((row) => rowSeenBy(row, audience, archive.room));
      // What is published at the close are the ballots that count; who chose what before is told nobody.
      const cast = seen.filter(({ payload }) => payload.type === 'ballot:cast');
      expect(JSON.stringify(cast)).not.toContain('choices');
      expect(JSON.stringify(seen)).not.toContain('["n"]');
      expect(JSON.stringify(seen)).not.toContain('[\\"n\\"]');
      expect(JSON.stringify(seen).includes('私下的理由')).toBe(audience === 'chair');
      return verifyArchive({ archive, rows: seen });
    });
    expect(verdicts.map(({ holds }) => holds)).toEqual([true, true]);
    expect(verdicts.map(({ findings }) => finding(findings, 'chain'))).toMatchObject([
      { erased: 2 },
      { erased: 3 },
    ]);
  });

  it('names the row of a ballot that was changed, withheld or not [L2] [L4]', () => {
    const { archive, rows } = sealed();
    const at = rows.findIndex((row) => row.payload.type === 'ballot:cast');
    const forged = { paper: JSON.stringify({ choices: ['a'], scores: null }) };
    const told = rows.map((row, n) => (n === at ? { ...row, personal: forged } : row));
    const judged = (seen: readonly LogRow[]) =>
      finding(verifyArchive({ archive, rows: seen }).findings, 'chain');
    expect(judged(told)).toMatchObject({ holds: false, seq: at + 1, why: 'commitment' });
    const withheld = rows.map((row, n) =>
      n === at ? { ...row, personal: null, salt: null, commitment: '0'.repeat(64) } : row,
    );
    expect(judged(withheld)).toMatchObject({ holds: false, seq: at + 1, why: 'hash' });
    const nonsense = rows.map((row, n) => (n === at ? { ...row, personal: { paper: '{' } } : row));
    expect(verifyArchive({ archive, rows: nonsense }).holds).toBe(false);
  });

  it('names the first row whose words were changed [L4]', () => {
    const { archive, rows } = sealed();
    const at = rows.findIndex((row) => row.payload.type === 'view:posted');
    const touched = rows.map((row, index) => (index === at ? { ...row, personal: { text: '改过' } } : row));
    const verdict = verifyArchive({ archive, rows: touched });
    expect(verdict.holds).toBe(false);
    expect(finding(verdict.findings, 'chain')).toEqual({
      check: 'chain',
      holds: false,
      seq: at + 1,
      why: 'commitment',
    });
  });

  it('turns red at every row whose time is moved [L2]', () => {
    const { archive, rows } = sealed();
    for (const [index] of rows.entries()) {
      const touched = rows.map((row, n) => (n === index ? { ...row, at: '2026-03-02T09:00:00.000Z' } : row));
      const verdict = verifyArchive({ archive, rows: touched });
      expect(finding(verdict.findings, 'chain')).toMatchObject({ holds: false, seq: index + 1, why: 'hash' });
    }
  });

  it('sees a missing row, in the middle and at the end [L1]', () => {
    const { archive, rows } = sealed();
    const middle = verifyArchive({ archive, rows: rows.filter((_, index) => index !== 4) });
    expect(finding(middle.findings, 'chain')).toMatchObject({ holds: false, seq: 5, why: 'gap' });
    expect(finding(middle.findings, 'room')).toMatchObject({ holds: false });
    const last = rows[rows.length - 2];
    const cut = { ...archive, headHash: last?.hash ?? '' };
    const end = verifyArchive({ archive: cut, rows: rows.slice(0, -1) });
    expect(finding(end.findings, 'chain')).toMatchObject({ holds: false, seq: rows.length, why: 'gap' });
  });

  it('sees an archive that does not tell what the log tells [L5]', () => {
    const { archive, rows } = sealed();
    const [first, ...others] = archive.room.polls;
    if (first?.phase !== 'closed' || first.result === null) throw new Error('no closed poll');
    const [chamber, ...rest] = first.result.chambers;
    if (chamber?.count?.of !== 'choices') throw new Error('nothing was counted');
    const count = { ...chamber.count, choices: { ...chamber.count.choices, y: 2 } };
    const result = { ...first.result, chambers: [{ ...chamber, count }, ...rest] };
    const polls = [{ ...first, result }, ...others];
    const verdict = verifyArchive({ archive: { ...archive, room: { ...archive.room, polls } }, rows });
    expect(finding(verdict.findings, 'chain')?.holds).toBe(true);
    expect(finding(verdict.findings, 'room')).toEqual({ check: 'room', holds: false, part: 'polls' });
  });

  it('sees a changed text, even when its claimed hash was changed with it [O3]', () => {
    const { archive, rows } = sealed();
    const outcome: OutcomeNode = { type: 'doc', content: [{ type: 'paragraph' }] };
    const claimed = verifyArchive({ archive: { ...archive, outcome }, rows });
    expect(finding(claimed.findings, 'text')?.holds).toBe(false);
    const outcomeHash = digest(canonical(outcome));
    const forged = verifyArchive({ archive: { ...archive, outcome, outcomeHash }, rows });
    expect(finding(forged.findings, 'text')?.holds).toBe(false);
  });

  it('stays green when words were erased on request, and says how many [L4]', () => {
    const { archive, rows } = sealed();
    const kinds = [
      'participant:added',
      'session:opened',
      'view:posted',
      'ballot:cast',
      'participant:removed',
      'poll:closed',
    ];
    const erased = rows.map((row) =>
      kinds.includes(row.payload.type) ? { ...row, personal: null, salt: null } : row,
    );
    const count = erased.filter((row) => row.commitment !== null).length;
    const verdict = verifyArchive({ archive, rows: erased });
    expect(verdict.holds).toBe(true);
    expect(finding(verdict.findings, 'chain')).toMatchObject({ holds: true, erased: count });
  });
});
