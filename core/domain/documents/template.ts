import { chinaYear } from './numbers.ts';
import type { DocumentKind } from './tree.ts';

/** Who gives a document out. */
export type DocumentTemplate = {
  /** 发文单位: the organisation, as it is called; the red head begins with it. */
  readonly office: string;
};

const KIND_MARKS: Readonly<Record<DocumentKind, string>> = {
  minutes: '协商纪要',
  report: '协商专报',
  bulletin: '协商简报',
  opinion: '社情民意信息',
  proposal: '提案素材',
  record: '协商全程记录',
};

/** The red head of a kind. */
export function markOf(kind: DocumentKind, { office }: DocumentTemplate): string {
  return `${office}${KIND_MARKS[kind]}`;
}

/** 期号, of the year in which the record was sealed. Without a number a blank is left for it to be written. */
export function issueNumber(sealedAt: string, number: number | null): string {
  return `〔${chinaYear(sealedAt)}〕第${number ?? '　　'}期`;
}
