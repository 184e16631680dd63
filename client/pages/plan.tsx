import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import type { Me } from '../../core/contract/accounts.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { loadAccounts, loadEarlierPlan, loadStudios } from '../features/sessions/commands.ts';
import { mayPlan } from '../features/sessions/may-plan.ts';
import { PlanForm } from '../features/sessions/plan-form.tsx';
import { asApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { notify } from '../ui/notices.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import styles from './plan.module.css';

/** A new session in a few fields; for conveners and the office. */
export function PlanPage() {
  return <SignedIn>{(me) => <Planning me={me} />}</SignedIn>;
}

interface PlanningProps {
  readonly me: Me;
}

function Planning({ me }: PlanningProps) {
  const t = useText();
  return (
    <PageFrame title={t('home:planning.title')} bar={<AccountBar me={me} />}>
      {mayPlan(me) ? <PlanSheet me={me} /> : <NotConvener />}
    </PageFrame>
  );
}

function NotConvener() {
  const t = useText();
  return (
    <Plain title={t('shell:state.forbidden')} mark="forbidden">
      <p>{t('home:planning.noStudio')}</p>
      <ButtonLink kind="main" to="/">
        {t('shell:state.home')}
      </ButtonLink>
    </Plain>
  );
}

/** The office of a house that has no studio yet makes one first. */
function NoStudio() {
  const t = useText();
  return (
    <Plain title={t('home:planning.title')} mark="empty">
      <p>{t('home:planning.noStudioYet')}</p>
      <ButtonLink kind="main" to="/accounts">
        {t('home:accounts')}
      </ButtonLink>
    </Plain>
  );
}

function PlanSheet({ me }: PlanningProps) {
  const t = useText();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const from = SessionId.safeParse(new URLSearchParams(useSearch()).get('from'));
  const fromId = from.success ? from.data : null;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['accounts', 'studios', me.personId, fromId],
    queryFn: async () => {
      const earlier = fromId === null ? null : loadEarlierPlan(fromId);
      const [accounts, studios] = await Promise.all([loadAccounts(), loadStudios()]);
      return { accounts, studios, earlier: await earlier };
    },
  });
  if (isPending) return <Loading lines={8} />;
  // -- refetch never rejects: its failure comes back as error.
  if (data === undefined) return <Failed error={asApiError(error)} onRetry={() => void refetch()} />;
  if (data.studios.length === 0) return <NoStudio />;
  return (
    <div className={styles.plan}>
      <h1>{t('home:planning.title')}</h1>
      <p>{t('home:planning.intro')}</p>
      <PlanForm
        me={me}
        studios={data.studios}
        accounts={data.accounts}
        earlier={data.earlier}
        onPlanned={(session) => {
          // A list that is still the old one mends itself with the next look.
          void queries.invalidateQueries({ queryKey: ['sessions'] });
          notify('good', t('home:planning.done'));
          navigate(`/sessions/${session.id}`);
        }}
      />
    </div>
  );
}
