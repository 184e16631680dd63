import { describe, expect, it } from 'vitest';
import { sampleEntries, sampleKey, sampleSession, verifiesByNode } from '../../testing/sample-bundle.ts';
import { proveRow, verifyRowProof, type RowProof } from './proving.ts';

const session = sampleSession();
const { files } = sampleEntries(session);
const other = sampleEntries({ ...session, rows: session.rows.slice(0, -1) }, {}, sampleKey(2)).files;

const verified = (proof: unknown, fingerprint?: string) =>
  verifyRowProof(
    JSON.parse(JSON.stringify(proof)),
    verifiesByNode,
    fingerprint === undefined ? {} : { fingerprint },
  );
const proven = (seq: number): RowProof => {
  const proof = proveRow(files, seq);
  if (proof === null) throw new Error('no such row');
  return proof;
};

describe('a row that is shown without the rest of its log', () => {
  it('is proved to stand in the log that was signed, whichever it is [BU7]', async () => {
    for (const { seq, hash } of session.rows) {
      const verdict = await verified(proven(seq));
      expect(verdict).toMatchObject({ fault: null, proof: { row: { seq, hash } } });
    }
    expect(proveRow(files, 0)).toBeNull();
    expect(proveRow(files, session.rows.length + 1)).toBeNull();
  });

  it('is refused where it, its place or its signature was changed [BU4] [BU7]', async () => {
    const proof = proven(9);
    const { row, manifest } = proof;
    const fault = async (over: object, fingerprint?: string) =>
      (await verified({ ...proof, ...over }, fingerprint))?.fault;
    expect(await fault({ row: { ...row, at: '2027-01-01T00:00:00.000Z' } })).toBe('ROW_CHANGED');
    expect(await fault({ previous: manifest.log.root })).toBe('ROW_CHANGED');
    expect(await fault({ proof: proof.proof.slice(1) })).toBe('LOG_ROOT');
    expect(await fault({ proof: proven(10).proof })).toBe('LOG_ROOT');
    expect(await fault({ manifest: { ...manifest, title: '别的' } })).toBe('SIGNATURE_WRONG');
    expect(await fault({}, '0'.repeat(64))).toBe('KEY_OTHER');
    const words = proven(session.rows.find(({ personal }) => personal !== null)?.seq ?? 0);
    const changed = { ...words, row: { ...words.row, personal: { name: '别人' } } };
    expect((await verified(changed))?.fault).toBe('ROW_WORDS');
    // Of another log, which somebody else has signed.
    const theirs = proveRow(other, 9);
    expect(await fault({ manifest: theirs?.manifest, signature: theirs?.signature })).toBe('LOG_ROOT');
  });

  it.each([null, 1, 'x', {}, { format: 'shangliang/proof/1' }, { ...proven(3), proof: ['zz'] }])(
    'is none where it has another form: %j [BU5]',
    async (shown) => {
      expect(await verified(shown)).toBeNull();
    },
  );
});
