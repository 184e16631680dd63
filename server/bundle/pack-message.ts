import type { BoxOfPoll, FileEntry, SealedSession } from '../../core/domain/bundle/contents.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { PollId } from '../../core/domain/ids.ts';
import type { Refusal } from '../../core/domain/refusals.ts';
import type { DocumentAsk, PackedRecord, WrittenDocument } from '../ports/bundle-packer.ts';

/** What the packing thread is asked: to begin anew, to take rows, to say what the record names, and to pack it. */
export type PackRequest =
  | { readonly step: 'begin'; readonly sessionId: string; readonly verifier: Uint8Array | null }
  | { readonly step: 'rows'; readonly rows: readonly LogRow[] }
  | { readonly step: 'end'; readonly headHash: string }
  | {
      readonly step: 'pack';
      readonly sealed: SealedSession;
      readonly audience: string;
      readonly files: readonly FileEntry[];
      readonly boxes: readonly BoxOfPoll[];
    }
  | { readonly step: 'write'; readonly sealed: SealedSession; readonly ask: DocumentAsk };

export type PackReply =
  | { readonly step: 'begun' | 'taken' }
  /** The row at which the log breaks: nothing of it is packed. */
  | { readonly step: 'broken'; readonly seq: number }
  | { readonly step: 'ended'; readonly files: readonly FileEntry[]; readonly boxed: readonly PollId[] }
  | { readonly step: 'packed'; readonly record: PackedRecord }
  | { readonly step: 'refused'; readonly refusal: Refusal }
  | { readonly step: 'written'; readonly document: WrittenDocument };
