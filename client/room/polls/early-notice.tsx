import type { ClosedPoll, OpenPoll } from '../../../core/domain/polls/poll.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Notice } from './result-parts.tsx';

interface EarlyNoticeProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** That a poll over days was ended before its end, by whom and why; nothing where it was not [B60]. */
export function EarlyNotice({ poll: { early }, nameOf }: EarlyNoticeProps) {
  const t = useText();
  if (early === undefined) return null;
  return (
    <Notice>
      {t('room:pollLife.early', {
        who: nameOf(early.by),
        why: early.why === '' ? t('room:pollLife.whyErased') : early.why,
        time: formatDateTime(early.endsAt),
      })}
    </Notice>
  );
}
