import type { SentPicture } from '../../core/contract/pictures.ts';
import type { FileId, SessionId, ViewId } from '../../core/domain/ids.ts';
import { viewIn } from '../../core/domain/room/earlier.ts';
import { guardLiveAct, type Who } from '../../core/domain/room/guards.ts';
import { guardHeard } from '../../core/domain/room/keeping-order.ts';
import { moderationFor } from '../../core/domain/room/my-moderation.ts';
import { roomSeenBy } from '../../core/domain/room/seen-by.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { ViewDraft } from '../../core/domain/views.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { FileMaker } from '../ports/file-maker.ts';
import type { FileStore } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { fileOf, type OpenFile } from './open-file.ts';
import { takeIn, type Sending } from './sent-file.ts';
import { audienceFor, enterFor, type StandingDeps } from './standing.ts';

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
    /** Throws VIEW_UNKNOWN, FILE_UNKNOWN. */
    open: async (
      who: SignedIn,
      sessionId: SessionId,
      asked: { readonly viewId: ViewId; readonly fileId: FileId; readonly isSmall: boolean },
    ): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const view = readableView(room, standing, asked.viewId);
      if (view === null) throw new AppError('VIEW_UNKNOWN');
      const isNamed = view.pictures?.some(({ id }) => id === asked.fileId) ?? false;
      const file = isNamed ? await files.find(sessionId, asked.fileId) : null;
      if (file === null) throw new AppError('FILE_UNKNOWN');
      const part = asked.isSmall ? 'thumb' : 'data';
      return fileOf(files, file, { kind: 'picture', title: '', isPage: true, part });
    },
  };
}

/**
 * A view as this person reads it now, by the same functions that show it to them: in the room, where what was taken back or
 * hidden has nothing that goes with it; else among what is kept from the room and concerns them [J3].
 */
function readableView(room: Room, who: Who, viewId: ViewId): Pick<ViewDraft, 'pictures'> | null {
  const { mine, queue } = moderationFor(room, who);
  const kept = [...mine, ...(queue ?? [])].find((one) => one.viewId === viewId);
  if (kept !== undefined) return kept.view;
  return viewIn(roomSeenBy(room, audienceFor(room, who)), viewId) ?? null;
}
