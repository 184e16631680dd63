import type { FileKind } from '../../../core/domain/files.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { line } from '../../../core/domain/text.ts';
import { formatNumber } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

/** What the picker of a device offers; the server judges by what is in a file. */
export const ACCEPTED = '.pdf,.docx,.xlsx,.pptx,.jpg,.jpeg,.png,.txt';

/** “PDF · 1.2 MB” */
export function fileWords(t: Translate, { kind, sizeBytes }: { kind: FileKind; sizeBytes: number }): string {
  return t('room:materials.kindAndSize', { kind: t(`words:file.${kind}`), size: sizeWords(t, sizeBytes) });
}

function sizeWords(t: Translate, bytes: number): string {
  if (bytes < 1024 * 1024) return t('words:file.kilobytes', { count: Math.max(1, Math.round(bytes / 1024)) });
  return t('words:file.megabytes', { size: formatNumber(Math.round((bytes / 1024 / 1024) * 10) / 10) });
}

/** What a material is called at first: its file's name without the ending, as far as a title may hold it. */
export function titleOf(fileName: string): string {
  const plain = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, LIMITS.titleLength);
  const title = line(LIMITS.titleLength).safeParse(plain);
  return title.success ? title.data : '';
}
