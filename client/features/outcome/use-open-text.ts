import { useMemo, useState, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { DOORS } from '../../../core/contract/limits.ts';
import type { DocumentId, PersonId } from '../../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import type { SaveState } from '../../lib/collab.ts';
import { leaveText, takeText, type OpenDocument } from '../../lib/left-texts.ts';

const CONNECTING: SaveState = { kind: 'connecting' };
const deaf = (): (() => void) => () => undefined;

/** Opens the shared text while the component is on the page; null before that, and without a person. */
export function useOpenText(documentId: DocumentId, personId: PersonId | null): OpenDocument | null {
  const source = useMemo(() => createSource(documentId, personId), [documentId, personId]);
  return useSyncExternalStore(source.subscribe, source.opened);
}

/** Open while somebody listens: React mounts twice in development, and each mount gets a document of its own. */
function createSource(documentId: DocumentId, personId: PersonId | null) {
  let opened: OpenDocument | null = null;
  let listeners = 0;
  return {
    opened: () => opened,
    subscribe: () => {
      listeners += 1;
      if (opened === null && personId !== null) opened = takeText({ documentId, personId });
      return () => {
        listeners -= 1;
        if (listeners > 0) return;
        if (opened !== null && personId !== null) leaveText({ documentId, personId }, opened);
        opened = null;
      };
    },
  };
}

/** Whether what was written here is safe. */
export function useSaveState(opened: OpenDocument | null): SaveState {
  const text = opened?.text;
  return useSyncExternalStore(text?.subscribe ?? deaf, () => text?.saveState() ?? CONNECTING);
}

/** Whether what was written here outlives the page. */
export function useIsKept(opened: OpenDocument | null): boolean {
  const text = opened?.text;
  return useSyncExternalStore(text?.subscribe ?? deaf, () => text?.hasCopy() ?? false);
}

/** Whether an earlier page left unsaved words on this device, which have not been read from it. */
export function useHasEarlierUnread({ text }: OpenDocument): boolean {
  return useSyncExternalStore(text.subscribe, text.hasEarlierUnread);
}

/**
 * Whether the text can be shown: the server has answered once, or this device's copy holds something.
 * Before that an empty page would look like an empty text.
 */
export function useIsReady(opened: OpenDocument | null, state: SaveState): boolean {
  const doc = opened?.doc ?? null;
  const [answered, setAnswered] = useState<Y.Doc | null>(null);
  const hasContent = useSyncExternalStore(
    useMemo(() => (doc === null ? deaf : updatesOf(doc)), [doc]),
    () => doc !== null && doc.getXmlFragment(TEXT_FRAGMENT).length > 0,
  );
  if (doc === null) return false;
  // Once answered stays answered: a line that is lost later takes no text away.
  if (state.kind !== 'connecting' && state.kind !== 'offline' && answered !== doc) setAnswered(doc);
  return hasContent || answered === doc;
}

function updatesOf(doc: Y.Doc) {
  return (listener: () => void): (() => void) => {
    doc.on('update', listener);
    return () => doc.off('update', listener);
  };
}

/** Whether the text, with what was deleted from it, is so long that it becomes slow; told before it is full. */
export function useIsLong(doc: Y.Doc): boolean {
  const source = useMemo(() => lengthOf(doc), [doc]);
  return useSyncExternalStore(source.subscribe, source.isLong);
}

function lengthOf(doc: Y.Doc) {
  let bytes = Y.encodeStateAsUpdate(doc).byteLength;
  return {
    isLong: () => bytes > DOORS.longTextBytes,
    subscribe: (listener: () => void) => {
      const add = (update: Uint8Array): void => {
        bytes += update.byteLength;
        listener();
      };
      doc.on('update', add);
      return () => doc.off('update', add);
    },
  };
}
