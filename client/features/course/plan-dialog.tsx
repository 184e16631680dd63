import { useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { guardReviewable } from '../../../core/domain/room/preparing.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { SessionPlan } from '../../../core/domain/sessions.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './course.module.css';
import { revisedPlan, wishOf, type Wish } from './revising.ts';

interface PlanDialogProps {
  readonly room: Room;
  readonly onClose: () => void;
}

/** The plan of a session that is not decided yet, to be mended. People and agenda are changed where they stand. */
export function PlanDialog({ room, onClose }: PlanDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [wish, setWish] = useState<Wish>(() => wishOf(room, t('room:tasks.separator')));
  const parsed = SessionPlan.safeParse(revisedPlan(room, wish));
  const [wasAsked, setAsked] = useState(false);
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
  const field = (key: keyof Wish, at: string = key) => ({
    value: wish[key],
    error: wasAsked && wrong.includes(at) ? t('room:course.fieldWrong') : undefined,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setWish({ ...wish, [key]: event.currentTarget.value }),
  });
  const save = async () => {
    setAsked(true);
    if (parsed.success && (await tell(send('revisePlan', { body: { plan: parsed.data } })))) onClose();
  };
  const lacks = parsed.success ? guardReviewable({ ...room, plan: parsed.data }) : null;
  return (
    <ConfirmDialog
      isOpen
      title={t('room:course.revise')}
      act={t('room:course.save')}
      isDangerous={false}
      onConfirm={save}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <Field label={t('home:planning.topic')} required maxLength={LIMITS.titleLength} {...field('title')} />
        <Field label={t('home:planning.when')} type="datetime-local" {...field('startsAt')} />
        <Field
          label={t('room:course.collectUntilPlanned')}
          type="datetime-local"
          {...field('collectUntil')}
        />
        <Field
          label={t('room:course.minutes')}
          type="number"
          min={1}
          {...field('minutes', 'plannedMinutes')}
        />
        <Field
          label={t('home:planning.stakeholders')}
          hint={t('home:planning.groupsHint')}
          {...field('stakeholders')}
        />
        <Field
          label={t('home:planning.departments')}
          hint={t('home:planning.groupsHint')}
          {...field('departments')}
        />
        {lacks?.ok === false ? <p>{reasonText(t, lacks.error.reason, lacks.error.facts)}</p> : null}
      </div>
    </ConfirmDialog>
  );
}
