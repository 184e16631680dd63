import type { LinkPreview } from '../../../core/contract/accounts.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import styles from './invitation.module.css';

interface InvitationProps {
  readonly preview: LinkPreview;
}

/** Where the person is: the topic, who invites, when and as what. */
export function Invitation({ preview }: InvitationProps) {
  const t = useText();
  const { orgName: org, studioName: studio } = preview;
  const states = { scheduled: t('join:stateScheduled'), in_session: t('join:stateLive'), paused: t('join:statePaused'), archived: t('words:state.archived') };
  return (
    <div className={styles.invitation}>
      <p className={styles.host} dir="auto">
        {studio === '' ? t('join:invites', { org }) : t('join:invitesStudio', { org, studio })}
      </p>
      <h1 dir="auto">{preview.title}</h1>
      <dl aria-label={t('join:facts')}>
        <dt>{t('join:state')}</dt>
        <dd>{states[preview.state]}</dd>
        <dt>{t('join:when')}</dt>
        <dd>{preview.startsAt === null ? t('join:whenOpen') : <time dateTime={preview.startsAt}>{formatDateTime(preview.startsAt)}</time>}</dd>
        <dt>{t('join:how')}</dt>
        <dd>{t(`words:mode.${preview.mode}`)}</dd>
        <dt>{t('join:as')}</dt>
        <dd>
          <RoleBadge role={preview.role} />
        </dd>
      </dl>
    </div>
  );
}
