import { useCallback, useState, type Dispatch, type SetStateAction } from 'react';
import { kept } from '../../lib/kept.ts';
import { coherent, EMPTY_DRAFT, isWorthKeeping, readDraft, type Draft } from './draft.ts';

/** The draft of one person in one session, kept on the device with every change, and whether that worked. */
export function useDraft(place: string): readonly [Draft, Dispatch<SetStateAction<Draft>>, boolean] {
  const key = `draft/${place}`;
  const [held, setHeld] = useState(() => {
    const draft = readDraft(kept.get(key));
    // Written anew: it may have been in the page's memory only, or the device may have found room meanwhile.
    return { draft, isKept: keep(key, draft) };
  });
  const setDraft = useCallback(
    (action: SetStateAction<Draft>) =>
      setHeld((before) => {
        const draft = coherent(typeof action === 'function' ? action(before.draft) : action);
        // Written here and not after drawing: the same draft written twice is the same.
        return { draft, isKept: keep(key, draft) };
      }),
    [key],
  );
  return [held.draft, setDraft, held.isKept];
}

/** False when a draft that somebody would miss lives only as long as this page. */
function keep(key: string, draft: Draft): boolean {
  if (isWorthKeeping(draft)) return kept.set(key, JSON.stringify(draft));
  kept.remove(key);
  return true;
}

/** A draft after its view or reply went into the outbox: the other half stays, and what is open is the small form. */
export function afterSending(draft: Draft, mode: Draft['mode']): Draft {
  return mode === 'view'
    ? {
        ...draft,
        stance: EMPTY_DRAFT.stance,
        text: '',
        replyTo: null,
        putTo: [],
        insteadOf: null,
        pictures: [],
        place: '',
      }
    : { ...draft, mode: 'view', commitment: null, replyText: '', toViews: [], replyInsteadOf: null };
}
