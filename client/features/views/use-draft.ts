import { useCallback, useState } from 'react';
import { kept } from '../../lib/kept.ts';
import { EMPTY_DRAFT, isWorthKeeping, readDraft, type Draft } from './draft.ts';

/** The draft of one person in one session, kept on the device with every change. */
export function useDraft(place: string): readonly [Draft, (draft: Draft) => void] {
  const key = `draft/${place}`;
  const [draft, setDraft] = useState<Draft>(() => readDraft(kept.get(key)));
  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      if (isWorthKeeping(next)) kept.set(key, JSON.stringify(next));
      else kept.remove(key);
    },
    [key],
  );
  return [draft, change];
}

/** A draft after its view or reply went into the outbox: the other half stays as it was. */
export function afterSending(draft: Draft, mode: Draft['mode']): Draft {
  return mode === 'view'
    ? { ...draft, stance: EMPTY_DRAFT.stance, text: '', replyTo: null }
    : { ...draft, commitment: null, replyText: '', toViews: [] };
}
