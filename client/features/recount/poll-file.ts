import { POLL_FILE_BYTES, PollFile } from '../../../core/domain/polls/exporting.ts';

/** Why something that somebody brought is no file of a poll that this page can read. */
export type FileFault =
  | { readonly why: 'large' | 'unreadable' | 'notJson' | 'archive' | 'newer' }
  | { readonly why: 'other'; readonly place: string };

export type FileRead = { readonly file: PollFile } | { readonly fault: FileFault };

const FORMAT = /^shangliang\/poll\//;

/** Reads what somebody brought. Never rejects: what is wrong with it is the answer. */
export async function readPollFile(brought: Blob): Promise<FileRead> {
  if (brought.size > POLL_FILE_BYTES) return { fault: { why: 'large' } };
  try {
    return pollFileOf(await brought.text());
  } catch {
    return { fault: { why: 'unreadable' } };
  }
}

/** The file of a poll in this text, or why there is none. */
export function pollFileOf(text: string): FileRead {
  const content = parsed(text);
  if (typeof content !== 'object' || content === null) return { fault: { why: 'notJson' } };
  const { format } = content as { readonly format?: unknown };
  if (format === undefined && 'archive' in content && 'rows' in content) return { fault: { why: 'archive' } };
  const read = PollFile.safeParse(content);
  if (read.success) return { file: read.data };
  const isOurs = typeof format === 'string' && FORMAT.test(format);
  if (isOurs && format !== PollFile.shape.format.value) return { fault: { why: 'newer' } };
  return { fault: { why: 'other', place: placeOf(read.error.issues[0]?.path ?? []) } };
}

/** Where in the file: short enough for a line, whatever somebody wrote there. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map(String).join('.').slice(0, 80);
  return place === '' ? 'format' : place;
}

/** Null where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
