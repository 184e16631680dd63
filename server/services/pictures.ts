import type { SentPicture } from '../../core/contract/pictures.ts';
import type { FileId, SessionId, ViewId } from '../../core/domain/ids.ts';
import { guardLiveAct } from '../../core/domain/room/guards.ts';
import { guardHeard } from '../../core/domain/room/keeping-order.ts';
import { picturesFor } from '../../core/domain/room/view-pictures.ts';
import { isOver } from '../../core/domain/sessions.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { FileMaker } from '../ports/file-maker.ts';
import type { FileStore, StoredFile } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { fileOf, type OpenFile } from './open-file.ts';
import { takeIn, type Sending } from './sent-file.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type PicturesDeps = StandingDeps & { readonly files: FileStore; readonly maker: FileMaker };

export type PicturesService = ReturnType<typeof createPicturesService>;

/** Pictures that go with views. */
export function createPicturesService(deps: PicturesDeps) {
  const { files } = deps;
  const guardSending = async ({ who, sessionId }: Sending) => {
    const { room, standing } = await enterFor(deps, { who, sessionId, act: 'view:post' });
    const seat = guardLiveAct(room, standing, 'view:post');
    if (!seat.ok) throw fromRefusal(seat.error);
    const heard = guardHeard(room, standing, 'postView');
    if (!heard.ok) throw fromRefusal(heard.error);
  };
  const shown = (file: StoredFile, isSmall: boolean) =>
    fileOf(files, file, { kind: 'picture', title: '', isPage: true, part: isSmall ? 'thumb' : 'data' });
  return {
    /** Throws what the maker and the store throw, and every refusal of posting a view. */
    send: async (sending: Sending): Promise<SentPicture> => {
      const { id, sizeBytes, sha256, width, height } = await takeIn(deps, sending, {
        use: 'picture',
        guard: () => guardSending(sending),
      });
      if (width === null || height === null) throw new Error('a picture was kept without its size');
      return { id, sizeBytes, sha256, width, height };
    },
    /**
     * A picture of one's own that stands nowhere yet, small, for whoever writes the words that it goes with; and it is kept
     * for another day, where they are heard. Throws FILE_UNKNOWN.
     */
    openOwn: async (
      who: SignedIn,
      { sessionId, fileId }: { readonly sessionId: SessionId; readonly fileId: FileId },
    ): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'view:post' });
      const file = await files.find(sessionId, fileId);
      const isOwn = file?.personId === who.personId && file.use === 'picture' && file.usedFor === null;
      if (file === null || !isOwn) throw new AppError('FILE_UNKNOWN');
      if (!isOver(room.state) && guardHeard(room, standing, 'postView').ok) await files.touch(fileId);
      return shown(file, true);
    },
    /** Throws VIEW_UNKNOWN, FILE_UNKNOWN. */
    open: async (
      who: SignedIn,
      sessionId: SessionId,
      asked: { readonly viewId: ViewId; readonly fileId: FileId; readonly isSmall: boolean },
    ): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const pictures = picturesFor(room, standing, asked.viewId);
      if (pictures === null) throw new AppError('VIEW_UNKNOWN');
      const isNamed = pictures.some(({ id }) => id === asked.fileId);
      const file = isNamed ? await files.find(sessionId, asked.fileId) : null;
      if (file === null) throw new AppError('FILE_UNKNOWN');
      return shown(file, asked.isSmall);
    },
  };
}
