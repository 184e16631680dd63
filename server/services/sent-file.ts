import { createHash } from 'node:crypto';
import { isSentAgain, type FileUse } from '../../core/domain/files.ts';
import type { FileId, SessionId } from '../../core/domain/ids.ts';
import type { FileMaker, WhileWaiting } from '../ports/file-maker.ts';
import type { FileStore, StoredFile } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';

/** A file that has come in whole; while it waits its memory may be needed for others. */
export type SentBytes = { readonly bytes: Uint8Array; readonly whileWaiting: WhileWaiting };

/** Somebody who sends a file. */
export type Sending = {
  readonly who: SignedIn;
  readonly sessionId: SessionId;
  readonly fileId: FileId;
  /** Reads the file as it comes in; asked only for somebody who may send it. */
  readonly read: () => Promise<SentBytes>;
};

type Deps = { readonly files: FileStore; readonly maker: FileMaker };

/**
 * Reads, makes and keeps a file [Y5] [Y6]. guard throws for whoever may not send it: asked before and behind, for a file
 * is long on its way. Throws what the maker and the store throw.
 */
export async function takeIn(
  { files, maker }: Deps,
  { who: { personId, isGuest }, sessionId, fileId, read }: Sending,
  { use, guard }: { readonly use: FileUse; readonly guard: () => Promise<void> },
): Promise<StoredFile> {
  await guard();
  const { bytes: sent, whileWaiting } = await read();
  const sentSha256 = sha256Of(sent);
  const known = await files.find(sessionId, fileId);
  // Sent again, because the answer was lost: it is not made a second time.
  if (known !== null && isSentAgain(known, { personId, sentSha256, use })) return known;
  const whose = { person: personId, party: isGuest ? sessionId : null };
  const made = await maker.make(sent, { use, whose, whileWaiting });
  await guard();
  const { data } = made;
  const sha256 = sent === data ? sentSha256 : sha256Of(data);
  const file = {
    ...made,
    id: fileId,
    sessionId,
    personId,
    use,
    sentSha256,
    sha256,
    sizeBytes: data.byteLength,
  };
  return await files.keep(file);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
