import type { MaterialReaders } from '../../core/contract/materials.ts';
import { isShownAsPage, type KeptFile } from '../../core/domain/files.ts';
import type { FileId, SessionId } from '../../core/domain/ids.ts';
import { guardAddMaterial, materialOf } from '../../core/domain/room/materials.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { FileMaker } from '../ports/file-maker.ts';
import type { FileStore } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { fileOf, type OpenFile } from './open-file.ts';
import { takeIn, type Sending } from './sent-file.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type MaterialsDeps = StandingDeps & { readonly files: FileStore; readonly maker: FileMaker };

export type MaterialsService = ReturnType<typeof createMaterials>;

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
      const { id, kind, sizeBytes, sha256 } = await takeIn(deps, sending, {
        use: 'material',
        guard: () => guardSending(sending),
      });
      return { id, kind, sizeBytes, sha256 };
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
