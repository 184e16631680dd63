import { saidCounts } from '../../core/domain/room/earlier.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { ReasonWords } from '../features/course/state-words.tsx';
import { formatDateTime } from '../lib/format.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Button } from '../ui/button.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { MyModerationSide } from './room-later.tsx';

interface CancelledProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
  readonly onRead: () => void;
}

/** A session that was cancelled: that it was, when and why; what was collected can still be read. */
export function Cancelled({ room, clockOffsetMs, onRead }: CancelledProps) {
  const t = useText();
  const { views } = saidCounts(room);
  return (
    <PageFrame title={t('room:course.cancelled')}>
      <Plain title={t('room:course.cancelled')} mark="ended">
        <p dir="auto">{room.plan?.title}</p>
        {room.closedAt === null ? null : (
          <p>{t('room:course.cancelledAt', { time: formatDateTime(room.closedAt) })}</p>
        )}
        <p>
          <ReasonWords why={room.note?.why} />
        </p>
        {/* Nothing can be done about them any more: their author is told so, and keeps the words. */}
        <MyModerationSide {...{ room, clockOffsetMs }} onCorrect={() => undefined} overwrites={() => false} />
        <ButtonLink kind="main" to="/">
          {t('room:page.home')}
        </ButtonLink>
        {views === 0 ? null : (
          <Button onClick={onRead}>{t('room:course.readViews', { count: views })}</Button>
        )}
      </Plain>
    </PageFrame>
  );
}
