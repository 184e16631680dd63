import { useQuery } from '@tanstack/react-query';
import type { Me } from '../../core/contract/accounts.ts';
import type { SessionSummary } from '../../core/contract/sessions.ts';
import { may } from '../../core/domain/people.ts';
import { AccountBar } from '../features/accounts/account-bar.tsx';
import { SignedIn } from '../features/accounts/signed-in.tsx';
import { AnswerAsk } from '../features/invitations/answer-ask.tsx';
import { loadSessions } from '../features/sessions/commands.ts';
import { mayCopy, mayPlan } from '../features/sessions/may-plan.ts';
import { SessionList } from '../features/sessions/session-list.tsx';
import { asApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import styles from './home.module.css';

/** 待我办理: what waits for this person, first of all. */
export function HomePage() {
  return <SignedIn>{(me) => <Desk me={me} />}</SignedIn>;
}

interface DeskProps {
  readonly me: Me;
}

function Desk({ me }: DeskProps) {
  const t = useText();
  const isOffice = me.office !== null && may(me.office, 'people:manage');
  return (
    <PageFrame title={t('home:title')} bar={<AccountBar me={me} />} isWide>
      <div className={styles.head}>
        <div>
          {/* A guest who left the name empty is known by a number in the room, not here. */}
          {me.name === '' ? null : <p dir="auto">{t('home:hello', { name: me.name })}</p>}
          <h1>{t('home:title')}</h1>
        </div>
        <div className={styles.ways}>
          {/* Whoever has nothing sealed to read is told so there. */}
          <ButtonLink to="/archives">{t('home:search')}</ButtonLink>
          {isOffice ? <ButtonLink to="/accounts">{t('home:accounts')}</ButtonLink> : null}
          {mayPlan(me) ? <ButtonLink to="/plan">{t('home:plan')}</ButtonLink> : null}
        </div>
      </div>
      <Sessions me={me} />
    </PageFrame>
  );
}

function Sessions({ me }: DeskProps) {
  const t = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sessions', me.personId],
    queryFn: loadSessions,
    refetchInterval: 30_000,
  });
  if (isPending) return <Loading lines={6} />;
  // -- refetch never rejects: its failure comes back as error.
  if (data === undefined) return <Failed error={asApiError(error)} onRetry={() => void refetch()} />;
  if (data.length > 0)
    return (
      <SessionList
        sessions={data}
        mayCopy={(session) => mayCopy(me, session)}
        // -- refetch never rejects: its failure comes back as error.
        answerTo={answerWith(() => void refetch())}
      />
    );
  return (
    <Empty title={t('home:empty.title')}>
      <p>{mayPlan(me) ? t('home:empty.planBody') : t('home:empty.body')}</p>
      {mayPlan(me) ? (
        <ButtonLink kind="main" to="/plan">
          {t('home:plan')}
        </ButtonLink>
      ) : null}
    </Empty>
  );
}

/** What asks for an answer to an invitation, or shows it. */
function answerWith(onDone: () => void) {
  return ({ id, title, seat }: SessionSummary) =>
    seat === null || seat.answer === null ? null : (
      <AnswerAsk
        place={{ sessionId: id, participantId: seat.participantId }}
        mayDelegate={seat.mayDelegate}
        answer={seat.answer}
        topic={title}
        onDone={onDone}
      />
    );
}
