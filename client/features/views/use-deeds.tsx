import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ParticipantId, ViewId } from '../../../core/domain/ids.ts';
import { viewIn } from '../../../core/domain/room/earlier.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { View } from '../../../core/domain/views.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import { windowPart } from '../../ui/part.tsx';

const EditDialog = windowPart(async () => (await import('./mend-dialogs.tsx')).EditDialog, {
  of: 'everybody',
});
const WithdrawDialog = windowPart(async () => (await import('./mend-dialogs.tsx')).WithdrawDialog, {
  of: 'everybody',
});

/** What somebody does with a view that was posted. */
export interface Deeds {
  readonly endorse: (view: View, isEndorsed: boolean) => void;
  readonly edit: (view: View) => void;
  readonly withdraw: (view: View) => void;
}

interface DeedsPlace {
  readonly room: Room;
  readonly me: ParticipantId | null;
  readonly clockOffsetMs: number;
  /** Where a reader is led whose button has gone. */
  readonly goTo: (seq: number) => void;
}

/** The acts of the cards, their windows, and which views wait for an answer about an endorsement. */
export function useDeeds({ room, me, clockOffsetMs, goTo }: DeedsPlace) {
  const { endorse, busy } = useEndorsing();
  const [open, setOpen] = useState<{ readonly kind: 'edit' | 'withdraw'; readonly id: ViewId } | null>(null);
  const deeds = useMemo<Deeds>(
    () => ({
      endorse,
      edit: ({ id }) => setOpen({ kind: 'edit', id }),
      withdraw: ({ id }) => setOpen({ kind: 'withdraw', id }),
    }),
    [endorse],
  );
  const withdrawn = useRef<number | null>(null);
  useEffect(() => {
    // The window has given the focus back by now, to a button that is no more.
    if (open !== null || withdrawn.current === null) return;
    goTo(withdrawn.current);
    withdrawn.current = null;
  }, [open, goTo]);
  const view = open === null ? undefined : viewIn(room, open.id);
  const close = () => setOpen(null);
  let dialog: ReactNode = null;
  if (view !== undefined && me !== null && open?.kind === 'edit') {
    const who = { kind: 'participant', id: me } as const;
    dialog = <EditDialog {...{ room, who, view, clockOffsetMs }} onClose={close} />;
  } else if (view !== undefined && open?.kind === 'withdraw')
    dialog = (
      <WithdrawDialog
        view={view}
        onDone={() => {
          withdrawn.current = view.seq;
          close();
        }}
        onClose={close}
      />
    );
  return { deeds, busy, dialog };
}

/** One endorsement of a view at a time: a second press before the answer is not meant for what comes of the first. */
function useEndorsing() {
  const t = useText();
  const send = useSend();
  const [busy, setBusy] = useState<ReadonlySet<ViewId>>(new Set());
  const endorse = useCallback(
    async ({ id }: View, isEndorsed: boolean) => {
      setBusy((others) => new Set([...others, id]));
      const sent = await send(isEndorsed ? 'unendorseView' : 'endorseView', { params: { viewId: id } });
      setBusy((others) => new Set([...others].filter((other) => other !== id)));
      if (!sent.ok) notify('bad', reasonText(t, sent.reason, sent.details));
    },
    [send, t],
  );
  // -- endorse never rejects: what became of it is told.
  return {
    endorse: useCallback((view: View, isMine: boolean) => void endorse(view, isMine), [endorse]),
    busy,
  };
}
