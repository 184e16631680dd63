import { reasonText } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { notify } from '../ui/notices.tsx';
import type { Sent } from './live-room.ts';

/** Waits for what became of a command and tells the person when it was refused. Never rejects. */
export function useTell(): (sending: Promise<Sent>) => Promise<boolean> {
  const t = useText();
  return async (sending) => {
    const sent = await sending;
    if (!sent.ok) notify('bad', reasonText(t, sent.reason, sent.details));
    return sent.ok;
  };
}
