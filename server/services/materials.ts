import { createHash } from 'node:crypto';
import type { MaterialReaders } from '../../core/contract/materials.ts';
import { isShownAsPage, type KeptFile } from '../../core/domain/files.ts';
import type { FileId, SessionId } from '../../core/domain/ids.ts';
import { guardAddMaterial, materialOf } from '../../core/domain/room/materials.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { FileMaker } from '../ports/file-maker.ts';
import type { FileStore, NewFile, StoredFile } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { fileOf, type OpenFile } from './open-file.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type MaterialsDeps = StandingDeps & { readonly files: FileStore; readonly maker: FileMaker };

export type MaterialsService = ReturnType<typeof createMaterials>;

type Sending = {
  readonly who: SignedIn;
  readonly sessionId: SessionId;
  readonly fileId: FileId;
  /** Reads the file as it comes in; asked only for somebody who may send it. */
  readonly read: () => Promise<Uint8Array>;
};

/** What lies beside a session to be read: its files, and who has opened them. */
export function createMaterials(deps: MaterialsDeps) {
  const { files } = deps;
  const guardSending = async ({ who, sessionId }: Sending) => {
    const { room, standing } = await enterFor(deps, { who, sessionId, act: 'material:manage' });
    const allowed = guardAddMaterial(room, standing);
    if (!allowed.ok) throw fromRefusal(allowed.error);
  };
  return {
    /** Throws what the maker and the store throw, and every refusal of adding a material. */
    send: async (sending: Sending): Promise<KeptFile> => {
      await guardSending(sending);
      const sent = await sending.read();
      const { sessionId, fileId, who } = sending;
      const known = await files.find(sessionId, fileId);
      // Sent again, because the answer was lost: it is not made a second time.
      if (known?.personId === who.personId && known.sentSha256 === sha256Of(sent)) return keptOf(known);
      const made = await deps.maker.make(sent, 'material');
      // A file is long on its way: who may not any more is not helped by having begun in time.
      await guardSending(sending);
      return keptOf(
        await files.keep({
          ...made,
          ...named(sent, made.data),
          id: fileId,
          sessionId,
          personId: who.personId,
          use: 'material',
        }),
      );
    },
    /** Throws MATERIAL_UNKNOWN, MATERIAL_WITHDRAWN. reads: bytes are asked for, so that it counts as opened. */
    open: async (
      who: SignedIn,
      sessionId: SessionId,
      { materialId, reads }: { readonly materialId: FileId; readonly reads: boolean },
    ): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const material = materialOf(room, materialId);
      if (material === undefined) throw new AppError('MATERIAL_UNKNOWN');
      if (material.withdrawn !== undefined) throw new AppError('MATERIAL_WITHDRAWN');
      const file = await files.find(sessionId, materialId);
      if (file === null) throw new AppError('MATERIAL_UNKNOWN');
      if (reads && standing.kind === 'participant') await files.opened(materialId, standing.id);
      const { kind, title } = material;
      return fileOf(files, file, { kind, title, isPage: isShownAsPage(kind) });
    },
    readers: async (who: SignedIn, sessionId: SessionId): Promise<MaterialReaders> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const me = standing.kind === 'participant' ? standing.id : null;
      // Who has read what is between them and whoever runs the session [Y4].
      const isTold = guardAct(room, standing, 'session:run').ok;
      const counts = await files.readers(sessionId, me);
      return {
        materials: counts.map(({ fileId, count, isMine, readers }) => {
          return { id: fileId, count, isMine, readers: isTold ? [...readers] : null };
        }),
      };
    },
  };
}

/** How a file and what was sent for it are called by their content. */
function named(sent: Uint8Array, data: Uint8Array): Pick<NewFile, 'sha256' | 'sentSha256' | 'sizeBytes'> {
  const sentSha256 = sha256Of(sent);
  const sha256 = sent === data ? sentSha256 : sha256Of(data);
  return { sha256, sentSha256, sizeBytes: data.byteLength };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function keptOf({ id, kind, sizeBytes, sha256 }: StoredFile): KeptFile {
  return { id, kind, sizeBytes, sha256 };
}
