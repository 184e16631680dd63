import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { useText } from '../../lib/i18n.ts';

interface TellersProps {
  readonly draft: PollDraft;
  readonly nameOf: (id: string) => string;
}

/** Who counts, or counted, the hands or papers of a poll; nothing where nobody does [B45]. */
export function Tellers({ draft, nameOf }: TellersProps) {
  const t = useText();
  const names = draft.rules.tellers.map(nameOf);
  if (names.length === 0) return null;
  return <p>{t('room:tellers.are', { names: names.join(t('room:polls.roles')) })}</p>;
}
