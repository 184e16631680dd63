import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { pictureRoutes } from '../../../core/contract/pictures.ts';
import { FileId, type SessionId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ViewPicture } from '../../../core/domain/pictures.ts';
import { newId } from '../../lib/api.ts';
import { keptInTab } from '../../lib/kept.ts';
import { shrinkPicture } from '../../lib/shrink-picture.ts';
import { addressOf, upload } from '../../lib/upload.ts';
import type { Draft } from './draft.ts';
import { createPictureSending, type Coming, type PictureSending } from './picture-sending.ts';

/** Pictures of a draft: those that are in it, and those that somebody has chosen for it. */
export type DraftPictures = {
  readonly coming: readonly Coming[];
  /** In the draft, but not on the server any more: to be taken out, or chosen anew. */
  readonly gone: ReadonlySet<FileId>;
  /** How many were on their way when this tab was loaded anew: nobody has them. */
  readonly lost: number;
  readonly previewOf: (id: FileId) => string | null;
  readonly add: (files: readonly Blob[]) => void;
  readonly retry: (id: FileId) => void;
  readonly drop: (id: FileId) => void;
};

/** How often the server is told that a draft still means to use its pictures; it keeps them for a day each time [J3]. */
const KEEP_EVERY_MS = 60 * 60_000;

// Pictures of this page, by the place of their draft, and how many an earlier page lost; and what they look like.
const owned = new Map<string, PictureSending>();
const lostAt = new Map<string, number>();
const previews = new Map<FileId, { readonly place: string; readonly address: string }>();

/** As picturesAt says, by the place of a draft. */
const noteAt = (place: string): string => `pictures/${place}`;

function sendingAt(sessionId: SessionId, place: string): PictureSending {
  const known = owned.get(place);
  if (known !== undefined) return known;
  // By tab: what is on its way in another is not lost.
  const note = noteAt(place);
  lostAt.set(place, Number(keptInTab.get(note) ?? 0));
  const sending = createPictureSending({
    shrink: shrinkPicture,
    send: async (fileId, file, { signal, onShare: onProgress }) => {
      const asked = { params: { sessionId, fileId }, file, signal, onProgress };
      return (await upload(pictureRoutes.sendPicture, asked)).picture;
    },
    newId: () => FileId.parse(newId()),
    rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    noteCount: (count) => (count === 0 ? keptInTab.remove(note) : void keptInTab.set(note, String(count))),
    onShrunk: (id, small) => keepPreview(place, id, small),
  });
  owned.set(place, sending);
  return sending;
}

function keepPreview(place: string, id: FileId, picture: Blob): void {
  if (previews.has(id)) return;
  try {
    previews.set(id, { place, address: URL.createObjectURL(picture) });
  } catch {
    // Browsers inside other apps may refuse it: then it is not shown, and sent all the same.
  }
}

/** What is neither in the draft nor comes into it gives its memory back. */
function forgetPreviews(place: string, used: ReadonlySet<FileId>): void {
  for (const [id, one] of previews) {
    if (one.place !== place || used.has(id)) continue;
    URL.revokeObjectURL(one.address);
    previews.delete(id);
  }
}

type Owner = {
  readonly sessionId: SessionId;
  /** Where the draft is kept on the device. */
  readonly place: string;
  readonly draft: Draft;
  readonly setDraft: (change: (before: Draft) => Draft) => void;
};

/** Brings pictures that were sent into the draft, and keeps those that are in it on the server while the page is open. */
export function usePictures({ sessionId, place, draft, setDraft }: Owner): DraftPictures {
  const sending = useMemo(() => sendingAt(sessionId, place), [sessionId, place]);
  const coming = useSyncExternalStore(sending.subscribe, sending.coming);
  const [lost, setLost] = useState(() => lostAt.get(place) ?? 0);
  const { pictures, insteadOf } = draft;
  useEffect(() => {
    const held = draft.pictures;
    for (const { id, state } of coming) {
      if (state.kind !== 'sent') continue;
      // Seen in the draft, and not merely put there: whoever types in this moment may write over it once.
      if (held.some((one) => one.id === id)) sending.drop(id);
      // A refused view with all its pictures may have come into the draft meanwhile: it waits until there is room.
      else if (held.length < LIMITS.picturesPerView)
        setDraft((before) => withPicture(before, { ...state.picture, alt: '' }));
    }
  }, [coming, draft, sending, setDraft]);
  useEffect(() => {
    forgetPreviews(place, new Set([...pictures, ...coming].map(({ id }) => id)));
  }, [place, pictures, coming]);
  const gone = useKeeping({ sessionId, place, pictures, insteadOf });
  const forgetLost = () => {
    lostAt.delete(place);
    keptInTab.remove(noteAt(place));
    setLost(0);
  };
  return {
    coming,
    gone,
    lost,
    previewOf: (id) => previews.get(id)?.address ?? null,
    add: (files) => {
      forgetLost();
      sending.add(files);
    },
    retry: sending.retry,
    drop: sending.drop,
  };
}

function withPicture(draft: Draft, picture: ViewPicture): Draft {
  const others = draft.pictures.filter(({ id }) => id !== picture.id);
  return { ...draft, pictures: [...others, picture].slice(0, LIMITS.picturesPerView) };
}

type Keeping = Pick<Draft, 'pictures' | 'insteadOf'> & Pick<Owner, 'sessionId' | 'place'>;

/** Asks for the pictures of a draft at first and then every hour; answers with those that are not there any more. */
function useKeeping({ sessionId, place, pictures, insteadOf }: Keeping): ReadonlySet<FileId> {
  const [gone, setGone] = useState<ReadonlySet<FileId>>(new Set<FileId>());
  const ids = pictures.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (ids === '') return;
    let isOver = false;
    const ask = async () => {
      const asked = ids.split(' ').map((id) => FileId.parse(id));
      const answers = await Promise.all(asked.map((id) => look({ sessionId, place, insteadOf }, id)));
      if (!isOver) setGone(new Set(asked.filter((_id, index) => answers[index] === 'gone')));
    };
    // What cannot be asked now is asked in an hour.
    void ask();
    const timer = setInterval(() => void ask(), KEEP_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [sessionId, place, ids, insteadOf]);
  return gone;
}

/** Whether a picture of the draft is still there; what it looks like is kept. One of a refused view is asked for there. */
async function look(
  { sessionId, place, insteadOf }: Omit<Keeping, 'pictures'>,
  fileId: FileId,
): Promise<'there' | 'gone' | 'unknown'> {
  const own = addressOf(pictureRoutes.openOwnPicture, { sessionId, fileId });
  const refused =
    insteadOf === null
      ? []
      : [`${addressOf(pictureRoutes.openPicture, { sessionId, viewId: insteadOf, fileId })}?size=small`];
  try {
    for (const address of [own, ...refused]) {
      const answer = await fetch(address);
      if (answer.ok) {
        keepPreview(place, fileId, await answer.blob());
        return 'there';
      }
      if (answer.status !== 404) return 'unknown';
    }
    return 'gone';
  } catch {
    return 'unknown';
  }
}
