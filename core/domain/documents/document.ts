import { bulletinOf } from './bulletin.ts';
import { fullRecordOf } from './full-record.ts';
import type { Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { isWebAddress } from './links.ts';
import { minutesOf } from './minutes.ts';
import { chinaDate } from './numbers.ts';
import { opinionOf } from './opinion.ts';
import { proposalOf } from './proposal.ts';
import type { Body, DocumentChoice, DocumentRecord, Source } from './record.ts';
import { reportOf } from './report.ts';
import { issueNumber, markOf, type DocumentTemplate } from './template.ts';
import { wordsOf, type DocumentKind, type OfficialDocument } from './tree.ts';

const MAKERS: Readonly<Record<Exclude<DocumentKind, 'opinion'>, (source: Source) => Body>> = {
  minutes: minutesOf,
  report: reportOf,
  bulletin: bulletinOf,
  proposal: proposalOf,
  record: fullRecordOf,
};

/**
 * A document of a sealed session, made of what its reader knows of it and nothing else [DO1]. Refused are only
 * 社情民意信息: DOCUMENT_MATTER_UNKNOWN, DOCUMENT_TOO_LONG [DO9].
 */
export function documentOf(
  record: DocumentRecord,
  template: DocumentTemplate,
  { kind, number, about }: DocumentChoice,
): Result<OfficialDocument, Refusal> {
  const made = kind === 'opinion' ? opinionOf(record, about) : ok(MAKERS[kind]({ record, template }));
  if (!made.ok) return made;
  const { title, blocks, notes } = made.value;
  const mark = markOf(kind, template);
  const date = chinaDate(record.sealedAt);
  const { office } = template;
  return ok({
    format: 'shangliang/document/1',
    kind,
    name: wordsOf(title),
    head: { mark, number: issueNumber(record.sealedAt, number), office, date },
    title: [...title],
    blocks,
    notes,
    imprint: { office, date: `${date}印发` },
    origin: {
      address: isWebAddress(record.address) ? record.address : '',
      textSha256: record.textSha256,
      logLength: record.logLength,
      logHead: record.logHead,
    },
  });
}
