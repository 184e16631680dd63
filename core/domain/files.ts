import { z } from 'zod';
import { FileId } from './ids.ts';
import { LIMITS } from './limits.ts';

/** What a file is, by what is in it and never by its name. 图片 PDF Word Excel PowerPoint 文本 */
export const FILE_KINDS = ['picture', 'pdf', 'docx', 'xlsx', 'pptx', 'text'] as const;
export const FileKind = z.enum(FILE_KINDS);
export type FileKind = z.infer<typeof FileKind>;

/** SHA-256, hex, of a file as it is kept and given out. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What it was sent for: to lie beside a session, or to go with a view. */
export type FileUse = 'material' | 'picture';

/** A file as it is kept: a picture was made anew from its pixels, so it is not the one that was sent. */
export const KeptFile = z.strictObject({
  id: FileId,
  kind: FileKind,
  sizeBytes: z.int().min(1).max(LIMITS.materialBytes),
  sha256: Sha256,
});
export type KeptFile = z.infer<typeof KeptFile>;

/** A file that somebody has sent, as a rule is told of it. */
export type SentFile = KeptFile & {
  readonly use: FileUse;
  /** What it stands in already: a material, or a view; null while it stands nowhere. */
  readonly usedFor: string | null;
  /** Of a picture, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
};

/** Whether a file that somebody names is one that they have sent, and the same. */
export function isSent(named: KeptFile, sent: SentFile | undefined): sent is SentFile {
  if (sent === undefined || named.id !== sent.id) return false;
  return named.kind === sent.kind && named.sizeBytes === sent.sizeBytes && named.sha256 === sent.sha256;
}

/** What tells one sent file from another: by whom, which bytes, and what for. */
type Sent = { readonly personId: string; readonly sentSha256: string; readonly use: FileUse };

/** Whether a file that is kept is the one that somebody sends again: it is neither made nor kept a second time [Y5]. */
export function isSentAgain(kept: Sent, sent: Sent): boolean {
  return kept.personId === sent.personId && kept.sentSha256 === sent.sentSha256 && kept.use === sent.use;
}

/** Kinds that a browser shows as a page of its own; the others are handed to a program of the device. */
export function isShownAsPage(kind: FileKind): boolean {
  return kind === 'picture' || kind === 'pdf' || kind === 'text';
}
