import { useState } from 'react';
import type { Office } from '../../../core/domain/people.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { guardReviewable } from '../../../core/domain/room/preparing.ts';
import { meetingRulesOf } from '../../../core/domain/room/meeting-rules.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isUnpublished } from '../../../core/domain/sessions.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { rulesSaid } from '../../lib/rules-said.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { CourseDialog, type Asking } from './course-asking.tsx';
import styles from './course.module.css';
import { mayNow } from './what-may.ts';

export interface CourseBarProps {
  readonly room: Room;
  readonly who: Who;
  readonly office: Office | null;
  readonly clockOffsetMs: number;
}

/** What is not decided yet has a bar of its own; afterwards its acts stand among the host's. */
export function CourseBar(props: CourseBarProps) {
  const t = useText();
  if (!isUnpublished(props.room.state)) return null;
  return (
    <section className={styles.bar} aria-label={t('room:course.label')}>
      <PlanRules room={props.room} />
      <CourseActs {...props} />
    </section>
  );
}

/** What is approved with the plan, in one sentence [K4]. */
function PlanRules({ room }: Pick<CourseBarProps, 'room'>) {
  const t = useText();
  const said = rulesSaid(t, meetingRulesOf(room), room.plan?.collectUntil ?? null);
  return said === '' ? null : <p className={styles.rules}>{said}</p>;
}

/** Where the session goes from its state, for those who may lead it there; the heavy steps ask first. */
export function CourseActs({ room, who, office, clockOffsetMs }: CourseBarProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<Asking | null>(null);
  const may = mayNow(room, { who, office });
  const rarer = RARER.filter((type) => may(type));
  const isReviewing = may('approvePlan');
  const isPlanning = may('revisePlan');
  if (rarer.length === 0 && !isReviewing && !isPlanning) return null;
  const lacks = isPlanning ? guardReviewable(room) : null;
  return (
    <>
      {isReviewing ? (
        <>
          <ActButton kind="main" isSmall onAct={() => tell(send('approvePlan', {}))}>
            {t('room:course.approve')}
          </ActButton>
          <Button isSmall onClick={() => setAsking('returnPlan')}>
            {t('room:course.return')}
          </Button>
        </>
      ) : null}
      {isPlanning ? (
        <>
          <ActButton
            kind="main"
            isSmall
            disabled={lacks?.ok === false}
            onAct={() => tell(send('submitPlan', {}))}
          >
            {t('room:course.submit')}
          </ActButton>
          <Button isSmall onClick={() => setAsking('revisePlan')}>
            {t('room:course.revise')}
          </Button>
        </>
      ) : null}
      {lacks?.ok === false ? (
        <span className={styles.note}>{reasonText(t, lacks.error.reason, lacks.error.facts)}</span>
      ) : null}
      {room.approval?.missedCollecting === true && may('collectViews') ? (
        <Button isSmall onClick={() => setAsking('collectViews')}>
          {t('room:course.collectAnew')}
        </Button>
      ) : null}
      {may('endCollecting') ? (
        <ActButton isSmall onAct={() => tell(send('endCollecting', {}))}>
          {t('room:course.endCollecting')}
        </ActButton>
      ) : null}
      {rarer.length === 0 ? null : (
        <div className={styles.rarer}>
          <Menu label={t('room:course.more')}>
            {rarer.map((type) => (
              <Button key={type} kind="quiet" onClick={() => setAsking(type)}>
                {t(`room:course.${type}`)}
              </Button>
            ))}
          </Menu>
        </div>
      )}
      {asking === null ? null : (
        <CourseDialog {...{ asking, room, clockOffsetMs }} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

/** What is done once, if ever. */
const RARER = [
  'collectViews',
  'extendCollecting',
  'adjournSession',
  'cancelSession',
  'abortSession',
] as const;
