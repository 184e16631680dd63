import type { BundleFault, BundleProblem } from '../../../core/domain/bundle/faults.ts';
import type { Manifest } from '../../../core/domain/bundle/manifest.ts';
import type { BundleVerdict } from '../../../core/domain/bundle/verifying.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { Findings } from '../../ui/findings.tsx';

interface BundleFindingsProps {
  readonly verdict: BundleVerdict;
  /** Fingerprint of the key of the installation that this page is of; null where it could not be asked. */
  readonly ours: string | null;
}

/** What is looked at, in this order, and which faults belong to it. */
const PARTS = ['form', 'signature', 'entries', 'log', 'text'] as const;
type Part = (typeof PARTS)[number];

/** What verifying a record has found, in plain words, with the first thing that was changed [BU3]. */
export function BundleFindings({ verdict, ours }: BundleFindingsProps) {
  const t = useText();
  const { problems, manifest, fingerprint, signature } = verdict;
  const holds = problems.length === 0;
  const summary = holds ? (signature === 'unchecked' ? 'partly' : 'holds') : 'broken';
  return (
    <Findings
      verdict={summary}
      headline={t(`verify:verdict.${summary}`)}
      findings={
        manifest === null
          ? problems.map((problem) => ({ id: problem.code, holds: false, text: problemSaid(t, problem) }))
          : PARTS.map((part) => findingOf(t, part, { ...verdict, manifest }))
      }
    >
      {manifest === null ? null : (
        <p dir="auto">
          {t('verify:verdict.of', { title: manifest.title, at: formatDateTime(manifest.sealedAt) })}
        </p>
      )}
      {holds ? null : <p>{t('verify:verdict.next')}</p>}
      {fingerprint === null ? null : (
        <p>
          {t(`verify:key.${ours === null ? 'compare' : ours === fingerprint ? 'ours' : 'others'}`)}{' '}
          <code>{fingerprint}</code>
        </p>
      )}
    </Findings>
  );
}

function findingOf(
  t: Translate,
  part: Part,
  { problems, manifest, ...found }: BundleVerdict & { manifest: Manifest },
) {
  const problem = problems.find(({ code }) => partOf(code) === part);
  if (problem !== undefined) return { id: part, holds: false, text: problemSaid(t, problem) };
  if (part === 'log') {
    const withheld = found.withheld === 0 ? '' : ` ${t('verify:holds.withheld', { count: found.withheld })}`;
    return {
      id: part,
      holds: true,
      text: `${t('verify:holds.log', { count: manifest.log.rows })}${withheld}`,
    };
  }
  if (part === 'signature' && found.signature === 'unchecked')
    return { id: part, holds: true, text: t('verify:holds.unsigned') };
  return { id: part, holds: true, text: t(`verify:holds.${part}`, { count: manifest.entries.length }) };
}

function partOf(code: BundleFault): Part {
  if (code.startsWith('ZIP_')) return 'form';
  if (code.startsWith('ENTRY_')) return 'entries';
  if (code.startsWith('ROW_') || code.startsWith('LOG_')) return 'log';
  return code === 'TEXT_OTHER' ? 'text' : 'signature';
}

/** What is wrong and where: the entry, and in the log the row. */
function problemSaid(t: Translate, { code, path, seq }: BundleProblem): string {
  const what = t(`verify:faults.${code}`);
  if (seq !== undefined) return `${what} ${t('verify:at.row', { path, seq })}`;
  return path === '' ? what : `${what} ${t('verify:at.entry', { path })}`;
}
