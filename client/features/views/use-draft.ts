import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import { kept } from '../../lib/kept.ts';
import { EMPTY_DRAFT, isWorthKeeping, readDraft, type Draft } from './draft.ts';

/** The draft of one person in one session, kept on the device with every change. */
export function useDraft(place: string): readonly [Draft, Dispatch<SetStateAction<Draft>>] {
  const key = `draft/${place}`;
  const [draft, setDraft] = useState<Draft>(() => readDraft(kept.get(key)));
  useEffect(() => {
    if (isWorthKeeping(draft)) kept.set(key, JSON.stringify(draft));
    else kept.remove(key);
  }, [key, draft]);
  return [draft, setDraft];
}

/** A draft after its view or reply went into the outbox: the other half stays, and what is open is the small form. */
export function afterSending(draft: Draft, mode: Draft['mode']): Draft {
  return mode === 'view'
    ? { ...draft, stance: EMPTY_DRAFT.stance, text: '', replyTo: null }
    : { ...draft, mode: 'view', commitment: null, replyText: '', toViews: [] };
}
