import type { OutcomeNode } from '../outcome.ts';
import type { Room } from '../room/state.ts';
import type { DocumentTemplate } from './template.ts';
import type { Block, DocumentKind, Matter, OfficialDocument, Run } from './tree.ts';

/** A sealed session as somebody reads it: what a document is made of, and nothing beside it [DO1]. */
export type DocumentRecord = {
  readonly room: Room;
  readonly outcome: OutcomeNode;
  readonly sealedAt: string;
  readonly textSha256: string;
  readonly logLength: number;
  readonly logHead: string;
  /** Where the record is read: https://…/sessions/ID/archive; '' where that is not known. */
  readonly address: string;
};

/** What somebody wants of it. */
export type DocumentChoice = {
  readonly kind: DocumentKind;
  /** 期号 or the number of 发文字号; null: it is left blank. */
  readonly number: number | null;
  /** The matter of a 社情民意信息; nothing to the other kinds. */
  readonly about: Matter | null;
};

/** What a kind is made of. */
export type Source = { readonly record: DocumentRecord; readonly template: DocumentTemplate };

/** What the kinds differ in. */
export type Body = Pick<OfficialDocument, 'blocks' | 'notes'> & {
  readonly title: readonly Run[];
};

/** Gathers pieces and footnotes in their order, so that numbers and places agree. */
export function createBody() {
  const blocks: Block[] = [];
  const notes: string[] = [];
  return {
    blocks,
    notes,
    add: (...more: readonly Block[]): void => void blocks.push(...more),
    /** The number of a new footnote. */
    note: (words: string): number => notes.push(words),
  };
}
