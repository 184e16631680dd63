import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Notice } from './result-parts.tsx';

interface ChoicesReadProps {
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** To whom the choices of a poll that is 仅主持人可见 are shown, and who has looked at them, when first [B65]. */
export function ChoicesRead({ poll: { choicesRead = {} }, nameOf }: ChoicesReadProps) {
  const t = useText();
  const looks = Object.entries(choicesRead);
  return (
    <>
      <Notice>{t('room:polls.namesWithheld')}</Notice>
      {looks.map(([by, at]) => (
        <Notice key={by}>{t('room:choices.was', { name: nameOf(by), time: formatDateTime(at) })}</Notice>
      ))}
    </>
  );
}
