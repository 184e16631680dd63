import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { useText } from '../../lib/i18n.ts';
import { Notice } from './result-parts.tsx';
import { itemWord } from './words.ts';

interface SettledTiesProps {
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** What was said of each draw, by whom and why; nothing where nothing was [B47]. */
export function SettledTies({ poll, nameOf }: SettledTiesProps) {
  const t = useText();
  const { draft, settled = [] } = poll;
  return (
    <>
      {settled.map(({ chamberId, itemId, isFor, why, by }) => {
        const said = {
          who: nameOf(by),
          how: t(isFor ? 'room:tie.isFor' : 'room:tie.isAgainst'),
          why: why === '' ? t('room:pollLife.whyErased') : why,
        };
        return (
          <Notice key={`${chamberId} ${itemId ?? ''}`}>
            {itemId === null
              ? t('room:tie.said', said)
              : t('room:tie.saidOf', { ...said, item: itemWord(t, draft.ask, itemId) })}
          </Notice>
        );
      })}
    </>
  );
}
