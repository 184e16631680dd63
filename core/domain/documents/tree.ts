import { z } from 'zod';

/** 协商纪要 协商专报 简报 社情民意信息 提案素材 全程记录 */
export const DOCUMENT_KINDS = ['minutes', 'report', 'bulletin', 'opinion', 'proposal', 'record'] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** The one matter of a 社情民意信息: a view with what was said to it, or a sentence of what was agreed, by its number. */
export const Matter = z.string().regex(/^(view:[0-9a-f-]{36}|sentence:[1-9]\d{0,5})$/);
export type Matter = z.infer<typeof Matter>;

/** What a document is written as: Word, Markdown, and the tree itself. Paper and PDF are made of the page that shows it. */
export const DOCUMENT_FORMS = ['docx', 'md', 'json'] as const;
export const DocumentForm = z.enum(DOCUMENT_FORMS);
export type DocumentForm = z.infer<typeof DocumentForm>;

/** label: set in 黑体, as the word before a list of names. */
export const RUN_STYLES = ['bold', 'italic', 'underline', 'strike', 'label'] as const;

/** Words, or the place of a footnote by its number. */
export const Run = z.union([
  z.strictObject({ words: z.string(), styles: z.array(z.enum(RUN_STYLES)).optional() }),
  z.strictObject({ note: z.int().min(1) }),
]);
export type Run = z.infer<typeof Run>;

/** 一、 （一） 1. （1） */
export const HeadingLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** A piece of a document, whatever it is written as. */
export const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: HeadingLevel, runs: z.array(Run) }),
  z.strictObject({
    kind: z.literal('paragraph'),
    runs: z.array(Run),
    /** What stands before its first word: a number or a dash. */
    mark: z.string().optional(),
    /** How many steps it stands further in. */
    depth: z.int().min(0).max(20).optional(),
  }),
  /** 出席：… */
  z.strictObject({ kind: z.literal('people'), label: z.string(), words: z.string() }),
  z.strictObject({
    kind: z.literal('table'),
    /** Its columns, with their share of the width in percent. */
    columns: z.array(z.strictObject({ title: z.string(), percent: z.int().min(1).max(100) })).min(1),
    rows: z.array(z.array(z.string())),
  }),
  z.strictObject({ kind: z.literal('rule') }),
  /** 署名、日期: at the right. */
  z.strictObject({ kind: z.literal('signed'), lines: z.array(z.string()) }),
]);
export type Block = z.infer<typeof Block>;

/** An official document before it is written as anything. Footnotes are counted from 1, in the order of the text. */
export const OfficialDocument = z.strictObject({
  format: z.literal('shangliang/document/1'),
  kind: DocumentKind,
  /** What the file is called, without an ending. */
  name: z.string(),
  head: z.strictObject({
    /** 发文机关标志, in red. */
    mark: z.string(),
    /** 发文字号 or 期号; '' where there is none. */
    number: z.string(),
    office: z.string(),
    date: z.string(),
  }),
  title: z.array(Run),
  blocks: z.array(Block),
  notes: z.array(z.string()),
  /** 版记. */
  imprint: z.strictObject({ office: z.string(), date: z.string() }),
  /** Where the record is, and what its text and log must be: printed at the end. */
  origin: z.strictObject({
    address: z.string(),
    textSha256: z.string(),
    logLength: z.int(),
    logHead: z.string(),
  }),
});
export type OfficialDocument = z.infer<typeof OfficialDocument>;

/** The words of runs, without their notes. */
export function wordsOf(runs: readonly Run[]): string {
  return runs.map((run) => ('words' in run ? run.words : '')).join('');
}

/** A paragraph of plain words, with the notes behind them. */
export function paragraph(words: string, notes: readonly number[] = []): Block {
  return { kind: 'paragraph', runs: [{ words }, ...notes.map((note) => ({ note }))] };
}

/** A heading of plain words. */
export function heading(level: z.infer<typeof HeadingLevel>, words: string): Block {
  return { kind: 'heading', level, runs: [{ words }] };
}
