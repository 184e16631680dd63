import type { Room } from '../../../core/domain/room/state.ts';
import { useServerNow } from '../../lib/clock.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { windowPart } from '../../ui/part.tsx';
import { ReasonDialog, UntilDialog } from './course-dialogs.tsx';
import { daysAfter } from './dates.ts';

/** With the words of the planning page, which a room does not load for everybody. */
const PlanDialog = windowPart(async () => (await import('./plan-dialog.tsx')).PlanDialog, {
  of: 'asker',
  texts: ['home'],
});

/** A step that asks before it is taken. */
export type Asking =
  | 'revisePlan'
  | 'returnPlan'
  | 'collectViews'
  | 'extendCollecting'
  | 'adjournSession'
  | 'cancelSession'
  | 'abortSession';

interface CourseDialogProps {
  readonly asking: Asking;
  readonly room: Room;
  readonly clockOffsetMs: number;
  readonly onClose: () => void;
}

/** The question of one step. */
export function CourseDialog({ asking, room, clockOffsetMs, onClose }: CourseDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const nowMs = useServerNow(clockOffsetMs);
  const seats = Object.values(room.participants).filter(({ removedAt }) => removedAt === null);
  switch (asking) {
    case 'revisePlan':
      return <PlanDialog room={room} onClose={onClose} />;
    case 'returnPlan':
      return (
        <ReasonDialog
          title={t('room:course.returnTitle')}
          text={t('room:course.returnText')}
          act={t('room:course.return')}
          onDo={(why) => tell(send('returnPlan', { body: { why } }))}
          onClose={onClose}
        />
      );
    case 'cancelSession':
      return (
        <ReasonDialog
          title={t('room:course.cancelTitle')}
          text={t('room:course.cancelText')}
          act={t('room:course.cancelSession')}
          affects={seats.length}
          isIrreversible
          onDo={(why) => tell(send('cancelSession', { body: { why } }))}
          onClose={onClose}
        />
      );
    case 'abortSession':
      return (
        <ReasonDialog
          title={t('room:course.abortTitle')}
          text={t('room:course.abortText')}
          act={t('room:course.abortSession')}
          affects={seats.filter(({ enteredAt }) => enteredAt !== null).length}
          isIrreversible
          onDo={(why) => tell(send('abortSession', { body: { why } }))}
          onClose={onClose}
        />
      );
    case 'collectViews':
      return (
        <UntilDialog
          title={t('room:course.collectTitle')}
          text={t('room:course.collectText')}
          act={t('room:course.collectDo')}
          label={t('room:course.collectUntil')}
          until={daysAfter(nowMs, 7, 18)}
          nowMs={nowMs}
          onDo={(until) => tell(send('collectViews', { body: { until } }))}
          onClose={onClose}
        />
      );
    case 'extendCollecting':
      return (
        <UntilDialog
          title={t('room:course.extendTitle')}
          text={t('room:course.extendText')}
          act={t('room:course.extendDo')}
          label={t('room:course.collectUntil')}
          until={daysAfter(Date.parse(room.note?.until ?? '') || nowMs, 1, 18)}
          nowMs={nowMs}
          needsWhy
          onDo={(until, why) => tell(send('extendCollecting', { body: { until, why } }))}
          onClose={onClose}
        />
      );
    case 'adjournSession':
      return (
        <UntilDialog
          title={t('room:course.adjournTitle')}
          text={t('room:course.adjournText')}
          act={t('room:course.adjournSession')}
          label={t('room:course.adjournUntil')}
          until={daysAfter(nowMs, 1, 9)}
          nowMs={nowMs}
          onDo={(until) => tell(send('adjournSession', { body: { until } }))}
          onClose={onClose}
        />
      );
  }
}
