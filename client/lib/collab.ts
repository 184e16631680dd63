import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { SCHEMA_PARAM } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { copyName, markAhead } from './ahead.ts';
import { newId } from './api.ts';
import { barrierFrame, isWorthAnother, listenTo, reasonOf } from './collab-ears.ts';
import { holdWire } from './hold-wire.ts';
import { kept } from './kept.ts';
import { leaveMarks } from './leave-marks.ts';
import { hearLosses } from './losses.ts';
import { isNoted, openLocalCopy } from './local-copy.ts';
import { speakForSelf } from './own-cursor.ts';
import { isUnsafe, learn, NOTHING_KNOWN, type SaveFact, type SaveState, saveStateOf } from './save-state.ts';
import type { Uprooted } from './uprooted.ts';
import { askWhyShut } from './why-shut.ts';
import { within } from './within.ts';

export type { SaveState } from './save-state.ts';

/** The copy of a slow device is not waited for longer; what it brings then is told like any other change. */
const COPY_MS = 2_000;
const BARRIER_AFTER_MS = 50;
/** Whoever pauses for no longer is still writing the same. */
const ONE_EDIT_MS = 1_000;
/** A barrier that was not answered, or edits that were refused, are asked about again this often. */
const ASK_AGAIN_MS = 5_000;

export type TextOptions = {
  readonly documentId: string;
  readonly personId: string;
  readonly doc: Y.Doc;
  /** doc is that of a text which was open on this page before, and closed. */
  readonly before?: {
    /** It has edits that the server has not confirmed. */
    readonly isAhead: boolean;
    readonly hasEarlierUnread: boolean;
  };
  /** Why the door to the text stays shut, which a browser does not tell. */
  readonly whyShut?: (ids: Pick<TextOptions, 'documentId' | 'personId'>) => Promise<Reason | null>;
  /** Where /collab is; by default where the page came from. */
  readonly url?: string;
  readonly WebSocketPolyfill?: typeof WebSocket;
};

/** A text that is open in this browser. */
export type OpenText = {
  readonly awareness: WebsocketProvider['awareness'];
  /** For useSyncExternalStore: the same object until it changes. */
  readonly saveState: () => SaveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Why the server closed the text for good; null while it may still come back. subscribe tells of it too. */
  readonly ended: () => Reason | null;
  /** An input method is at work in the editor, or has let go: until then nothing goes out or comes in. */
  readonly compose: (isComposing: boolean) => void;
  /** Hears of words that were being spelt in a paragraph which somebody made something else of: put them back in there. */
  readonly onUprooted: (hear: (place: Uprooted) => void) => () => void;
  /** Whether closing it now loses nothing that a person wrote. */
  readonly isSafe: () => boolean;
  /** Whether an earlier page left unsaved words on this device, which have not been read from it. */
  readonly hasEarlierUnread: () => boolean;
  /** Whether what is written here outlives the page. */
  readonly hasCopy: () => boolean;
  /** Forgets this browser's copy of the text: for edits that the server will never take. */
  readonly discard: () => Promise<void>;
  readonly close: () => void;
};

/** Opens a text: reads this browser's copy, connects, and keeps telling whether what is written is safe. */
export function openText({
  documentId,
  personId,
  doc,
  before,
  url = here(),
  whyShut = askWhyShut,
  ...options
}: TextOptions): OpenText {
  let facts = NOTHING_KNOWN;
  let state = saveStateOf(facts);
  let isClosed = false;
  let barrierTimer: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<() => void>();
  // Until the copy has been read nothing of an earlier page can be called saved.
  let isCopyRead = false;
  let hasFailed = false;
  const name = copyName({ documentId, personId });
  const mark = markAhead({ kept, name, now: Date.now }, newId());
  const wasNoted = isNoted(name);
  const provider = new WebsocketProvider(url, documentId, doc, {
    connect: false,
    // Updates from another tab would look like the server's and never reach it.
    disableBc: true,
    shouldReconnect: isWorthAnother,
    params: { [SCHEMA_PARAM]: String(TEXT_SCHEMA_VERSION) },
    ...(options.WebSocketPolyfill === undefined ? {} : { WebSocketPolyfill: options.WebSocketPolyfill }),
  });

  function tell(fact: SaveFact): void {
    const wasAhead = facts.version > facts.acked;
    facts = learn(facts, fact);
    const isAhead = facts.version > facts.acked;
    // Each change marks anew: other tabs tell by it what they have seen and what not.
    if (isAhead ? fact.type === 'changed' : wasAhead) mark.set(isAhead);
    if (wasAhead && !isAhead && hasEarlier()) mark.settle();
    const next = saveStateOf(facts);
    if (JSON.stringify(next) === JSON.stringify(state) && fact.type !== 'earlier') return;
    state = next;
    tellListeners();
  }

  /** Whether all that earlier pages marked is in doc. */
  const hasEarlier = (): boolean => isCopyRead || before?.hasEarlierUnread === false;

  function lookForEarlier(): void {
    const isUnread = hasFailed && wasNoted && !hasEarlier() && mark.isLeft();
    if (isUnread !== facts.isEarlierUnread) tell({ type: 'earlier', isUnread });
  }

  const tellListeners = (): void => listeners.forEach((listener) => listener());

  function sendBarrier(): void {
    if (barrierTimer !== null) clearTimeout(barrierTimer);
    barrierTimer = null;
    const { ws } = provider;
    // A barrier speaks for what went before it: not for a word that waits nor, before the first exchange, for edits
    // that the server has not seen.
    if (hold.isHeld() || !facts.isOpen || !hasAnswered || ws === null || ws.readyState !== 1) return;
    ws.send(barrierFrame(facts.version));
  }

  speakForSelf(provider);
  let hasAnswered = false;
  const gardeners = new Set<(place: Uprooted) => void>();
  const hold = holdWire(provider, {
    sent: sendBarrier,
    replant: (place) => {
      for (const hear of gardeners) hear(place);
    },
  });
  listenTo(provider, {
    asked: () => {
      // The answer leaves when this handler returns; the barrier must come after it.
      queueMicrotask(() => {
        hasAnswered = true;
        sendBarrier();
      });
    },
    tell,
  });

  const onUpdate = (_update: Uint8Array, origin: unknown): void => {
    // What the copy brings later than that has not been told to the server either.
    if (origin === provider || isRestoring) return;
    tell({ type: 'changed', isGoingOn: Date.now() - changedAt < ONE_EDIT_MS });
    changedAt = Date.now();
    barrierTimer ??= setTimeout(sendBarrier, BARRIER_AFTER_MS);
  };
  let changedAt = -Infinity;
  let isRestoring = true;
  doc.on('update', onUpdate);
  doc.on('afterTransaction', leaveMarks);
  provider.on('status', ({ status }) => {
    if (status === 'connected') tell({ type: 'opened' });
    else if (status === 'disconnected') {
      hasAnswered = false;
      tell({ type: 'lost' });
    }
  });
  hearLosses(provider, {
    whyShut: () => whyShut({ documentId, personId }),
    away: (reason) => tell({ type: 'away', reason }),
    shut: (reason) => tell({ type: 'ended', reason }),
  });
  provider.on('sync', (isSynced) => {
    if (isSynced) tell({ type: 'synced' });
  });
  provider.on('closed', ({ code, reason }) => {
    tell({ type: 'ended', reason: reasonOf(reason, code) });
    // The text was put back to an earlier state: what we hold would bring the later one back.
    if (code === CLOSE.reset) void forget(copy.erase); // a copy that cannot be deleted is refused again
  });

  const askAgain = setInterval(() => {
    if (state.kind === 'saving' || state.kind === 'unsaved' || state.kind === 'connecting') sendBarrier();
  }, ASK_AGAIN_MS);
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (!isUnsafe(facts)) return;
    event.preventDefault();
    // Browsers before 2024 ask only for this.
    event.returnValue = '';
  };
  globalThis.addEventListener?.('beforeunload', onLeave);
  // Another window of the same person has brought what it marked, or goes on marking.
  globalThis.addEventListener?.('storage', lookForEarlier);

  const copy = openLocalCopy(
    doc,
    { documentId, personId },
    {
      read: hasRead,
      changed: tellListeners,
      emptied: () => {
        // The other window has taken our mark for one of its own.
        if (facts.version > facts.acked) mark.set(true);
        // What was refused for good is refused again; but a sign-in that has ended begins again.
        return facts.ended === null || facts.ended === 'SIGN_IN_REVOKED';
      },
    },
  );

  /** What an earlier page wrote and the server has not confirmed is one change of this page: it is not counted finer. */
  function hasRead(): void {
    if (isCopyRead) return;
    isCopyRead = true;
    lookForEarlier();
    if (mark.wasAhead) tell({ type: 'changed' });
    sendBarrier();
  }

  async function start(): Promise<void> {
    const reading = await within(copy.reading, COPY_MS);
    isRestoring = false;
    hasFailed = reading !== 'read';
    if (reading === 'read') hasRead();
    // Where no copy ever was there are no words of an earlier page either.
    else if (reading === 'none' || !wasNoted) mark.settle();
    lookForEarlier();
    if (before?.isAhead === true && facts.version === facts.acked) tell({ type: 'changed' });
    if (!isClosed) provider.connect();
    // Whoever opens it again after it failed tells so itself.
    if (reading === undefined && (await copy.reading) === 'read') hasRead();
  }
  void start(); // it does not fail: without a copy the text opens all the same

  function forget(take: () => Promise<void>): Promise<void> {
    mark.set(false);
    mark.settle();
    return take();
  }

  return {
    awareness: provider.awareness,
    saveState: () => state,
    ended: () => facts.ended,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compose: (isComposing) => (isComposing ? hold.begin() : hold.end()),
    onUprooted: (hear) => {
      gardeners.add(hear);
      return () => gardeners.delete(hear);
    },
    isSafe: () => !isUnsafe(facts),
    hasEarlierUnread: () => facts.isEarlierUnread,
    hasCopy: copy.isKept,
    discard: () => {
      globalThis.removeEventListener?.('beforeunload', onLeave);
      return forget(copy.forget);
    },
    close: () => {
      isClosed = true;
      if (barrierTimer !== null) clearTimeout(barrierTimer);
      clearInterval(askAgain);
      globalThis.removeEventListener?.('beforeunload', onLeave);
      globalThis.removeEventListener?.('storage', lookForEarlier);
      doc.off('update', onUpdate);
      doc.off('afterTransaction', leaveMarks);
      listeners.clear();
      // What waits goes out, and into this browser's copy, like everything else.
      hold.release();
      provider.destroy();
      copy.close();
    },
  };
}

function here(): string {
  const { protocol, host } = globalThis.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/collab`;
}
