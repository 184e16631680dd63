import type { SessionState } from '../../../core/domain/sessions.ts';
import type { LinkPreview } from '../../../core/contract/accounts.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './invitation.module.css';

interface InvitationProps {
  readonly preview: LinkPreview;
}

/** Where the person is: the topic, who invites, when and as what. */
export function Invitation({ preview }: InvitationProps) {
  const t = useText();
  const { orgName: org, studioName: studio } = preview;
  const states: Partial<Record<SessionState, string>> = {
    collecting: t('join:stateCollecting'),
    scheduled: t('join:stateScheduled'),
    in_session: t('join:stateLive'),
    paused: t('join:statePaused'),
    adjourned: t('join:stateAdjourned'),
  };
  return (
    <div className={styles.invitation}>
      <p className={styles.host} dir="auto">
        {studio === '' ? t('join:invites', { org }) : t('join:invitesStudio', { org, studio })}
      </p>
      <h1 dir="auto">{preview.title}</h1>
      <ul role="list" aria-label={t('join:facts')}>
        <li>
          <StateBadge
            state={preview.state}
            label={states[preview.state] ?? t(`words:state.${preview.state}`)}
          />
        </li>
        <li>
          {preview.startsAt === null ? (
            t('join:whenOpen')
          ) : (
            <time dateTime={preview.startsAt}>{formatDateTime(preview.startsAt)}</time>
          )}
        </li>
        <li>{t(`words:mode.${preview.mode}`)}</li>
        <li>
          <RoleBadge role={preview.role} label={t('join:as', { role: t(`words:role.${preview.role}`) })} />
        </li>
      </ul>
    </div>
  );
}
