import type { Snapshot } from '../../core/contract/snapshot.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import type { Tagged } from '../lib/api.ts';
import { hasGap, layAside, replaceRoom, takeEvents, takeSnapshot, type Fold, type Ledger } from './ledger.ts';

/** What this browser holds of a session, and whether it may be believed. */
export type Picture = {
  readonly room: () => Room;
  /** Events came whose forerunners did not. */
  readonly hasGap: () => boolean;
  /** What we hold is known to be wrong: it stays on the screen, but only a snapshot changes it. */
  readonly isWrong: () => boolean;
  /** Folds events; false when one does not fit, and the picture is wrong from then on. */
  readonly take: (events: readonly Envelope[]) => boolean;
  /** Takes a room that says the same, and more of what was earlier. */
  readonly put: (room: Room) => void;
  readonly distrust: () => void;
  /** Lets go of what came too early. */
  readonly dropEarly: () => void;
  /** Takes a snapshot. Throws ApiError. */
  readonly refresh: () => Promise<void>;
};

export type PicturePorts = {
  readonly fold: Fold;
  /** With the time, by this device's clock, at which the server spoke; null when it is still the one of this tag. */
  readonly snapshot: (tag: string | null) => Promise<Tagged<Snapshot> | null>;
  /** Something was folded; isNews: the room is another one. */
  readonly folded: (isNews: boolean) => void;
  readonly distrusted: () => void;
  /** A snapshot was taken; null: nothing has happened since the last one. */
  readonly refreshed: (found: Tagged<Snapshot> | null) => void;
};

export function createPicture(ports: PicturePorts): Picture {
  let ledger: Ledger = { room: EMPTY_ROOM, early: new Map() };
  /** Names the snapshot that was taken last. */
  let tag: string | null = null;
  let isWrong = false;

  const keep = (next: Ledger) => {
    const isNews = next.room !== ledger.room;
    ledger = next;
    ports.folded(isNews);
  };
  const dropEarly = () => {
    ledger = { room: ledger.room, early: new Map() };
  };
  const distrust = () => {
    isWrong = true;
    dropEarly();
    ports.distrusted();
  };

  return {
    room: () => ledger.room,
    hasGap: () => hasGap(ledger),
    isWrong: () => isWrong,
    take: (events) => {
      if (isWrong) {
        ledger = layAside(ledger, events);
        return true;
      }
      try {
        keep(takeEvents(ports.fold, ledger, events));
        return true;
      } catch {
        distrust();
        return false;
      }
    },
    put: (room) => keep({ ...ledger, room }),
    distrust,
    dropEarly,
    refresh: async () => {
      const found = await ports.snapshot(isWrong ? null : tag);
      // What we hold is it, or newer.
      if (found !== null) {
        const { room } = found.reply;
        const next = isWrong ? replaceRoom(ports.fold, ledger, room) : takeSnapshot(ports.fold, ledger, room);
        isWrong = false;
        ({ tag } = found);
        keep(next);
      }
      ports.refreshed(found);
    },
  };
}
