import { hasBox } from '../../../core/domain/polls/poll.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Findings } from '../../ui/findings.tsx';
import { boxSaid, checkSaid, placeSaid, sealShown } from './words.ts';
import type { FileTold, Verified } from './verified.ts';

export interface RecountVerdictProps {
  readonly file: FileTold;
  readonly verified: Verified;
  /** What voters are called; null where only their numbers are known. */
  readonly nameOf: ((id: string) => string) | null;
}

/** What counting a poll again has found, in plain words, and the first thing that differs [B26]. */
export function RecountVerdict({ file, verified, nameOf }: RecountVerdictProps) {
  const t = useText();
  const { isRecounted, isRollSealed, findings } = verified.poll;
  const inBox = verified.box ?? [];
  const holds = verified.poll.holds && inBox.every((finding) => finding.holds);
  const isWhole = isRecounted && verified.box !== null && !lacksBox(file);
  const verdict = holds ? (isWhole ? 'holds' : 'partly') : 'broken';
  const { papers } = file;
  const first = findings.find((finding) => !finding.holds)?.check;
  return (
    <Findings
      verdict={verdict}
      headline={t(
        verdict === 'partly' && isRecounted ? 'recount:verdict.unsigned' : `recount:verdict.${verdict}`,
      )}
      findings={[
        ...findings.map((finding) => ({
          id: finding.check,
          holds: finding.holds,
          text: checkSaid(t, finding, { papers, isRecounted }),
          why:
            finding.check === first && finding.at !== null ? (
              <> {placeSaid(t, file.draft, finding.at, nameOf)}</>
            ) : null,
        })),
        ...inBox.map((finding) => ({
          id: finding.check,
          holds: finding.holds,
          text: boxSaid(t, finding),
          why:
            finding.wrong.length === 0 ? null : (
              <>
                {' '}
                <code>{finding.wrong.join(' ')}</code>
              </>
            ),
        })),
      ]}
    >
      <p>
        {file.voided === undefined
          ? t('recount:verdict.voidTold')
          : t('recount:verdict.void', { why: file.voided.why })}
      </p>
      {file.early === undefined ? null : (
        <p>{t('recount:verdict.early', { why: file.early.why, time: formatDateTime(file.early.endsAt) })}</p>
      )}
      {holds && !isRollSealed ? <p>{t('recount:verdict.rollTold')}</p> : null}
      {holds ? null : <p>{t('recount:verdict.next')}</p>}
      <p>{t('recount:verdict.compare', { seal: sealShown(file.seal) })}</p>
    </Findings>
  );
}

/** Whether the poll had a box that is not in the file. */
function lacksBox({ draft, hasBox: isThere }: FileTold): boolean {
  return hasBox({ draft }) && !isThere;
}
