import { useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ModerationRules } from '../../../core/domain/moderation.ts';
import { may, ROLES, type Role } from '../../../core/domain/people.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import form from '../../ui/form.module.css';

/** Roles that post and do not moderate: only their views can be held. */
const HELD_ROLES = ROLES.filter((role) => may(role, 'view:post') && !may(role, 'view:moderate'));
const THRESHOLDS = [2, 3, 5, 10];

interface LevelDialogProps {
  readonly rules: ModerationRules;
  readonly onClose: () => void;
}

type Level = 'post' | 'roles' | 'all';

/** 先发后审, 按身份先审后发, 全部先审; and how many reports hide a view. */
export function LevelDialog({ rules, onClose }: LevelDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [held, setHeld] = useState<readonly Role[]>(HELD_ROLES.filter((role) => rules.hold.includes(role)));
  const [hideAt, setHideAt] = useState(rules.hideAt);
  const [isReplyHeld, setReplyHeld] = useState(rules.holdReplies === true);
  const level: Level = held.length === 0 ? 'post' : held.length === HELD_ROLES.length ? 'all' : 'roles';
  const choose = (value: string) =>
    setHeld(value === 'post' ? [] : value === 'all' ? HELD_ROLES : ['resident', 'stakeholder']);
  const toggle = (role: Role) =>
    setHeld(HELD_ROLES.filter((one) => (one === role ? !held.includes(one) : held.includes(one))));
  const save = async () => {
    if (
      await tell(
        send('ruleModeration', {
          body: { hold: [...held], hideAt, ...(isReplyHeld ? { holdReplies: true as const } : {}) },
        }),
      )
    )
      onClose();
  };
  const known = hideAt === null || THRESHOLDS.includes(hideAt) ? THRESHOLDS : [...THRESHOLDS, hideAt];
  return (
    <ConfirmDialog
      isOpen
      title={t('room:moderation.levelTitle')}
      act={t('room:moderation.saveLevel')}
      isDangerous={false}
      onConfirm={save}
      onClose={onClose}
    >
      <Choice
        label={t('room:moderation.levelLabel')}
        value={level}
        options={(['post', 'roles', 'all'] as const).map((value) => ({
          value,
          text: t(`room:moderation.levels.${value}`),
        }))}
        onChoose={choose}
        hint={t('room:moderation.levelHint')}
      />
      {level === 'post' ? null : (
        <fieldset className={form.field}>
          <legend>{t('room:moderation.heldRoles')}</legend>
          {HELD_ROLES.map((role) => (
            <label key={role} className={form.check}>
              <input type="checkbox" checked={held.includes(role)} onChange={() => toggle(role)} />
              {t(`words:role.${role}`)}
            </label>
          ))}
        </fieldset>
      )}
      <label className={form.check}>
        <input type="checkbox" checked={isReplyHeld} onChange={() => setReplyHeld(!isReplyHeld)} />
        {t('room:moderation.holdReplies')}
      </label>
      <Choice
        label={t('room:moderation.hideAtLabel')}
        value={String(hideAt ?? '')}
        options={[
          ...known
            .filter((count) => count >= LIMITS.reportsToHide.least)
            .map((count) => ({ value: String(count), text: t('room:moderation.hideAt', { count }) })),
          { value: '', text: t('room:moderation.hideNever') },
        ]}
        onChoose={(value) => setHideAt(value === '' ? null : Number(value))}
      />
    </ConfirmDialog>
  );
}
