import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { Studio } from '../../../core/contract/office.ts';
import type { Account, EarlierPlan, SessionSummary } from '../../../core/contract/sessions.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { TemplateName } from '../../../core/domain/sessions.ts';
import { line } from '../../../core/domain/text.ts';
import { newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { deviceNow } from '../../lib/early.ts';
import { rulesSaid } from '../../lib/rules-said.ts';
import { namesIn } from '../../lib/names-in.ts';
import { Alert } from '../../ui/alert.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import fields from '../../ui/form.module.css';
import { collectUntil } from './collect-until.ts';
import { planSession } from './commands.ts';
import { PeoplePicker, type Picked } from './people-picker.tsx';
import { planBody, type PlanWish } from './plan-body.ts';
import {
  convenersFor,
  createIds,
  firstStudio,
  membersOf,
  missingRoles,
  rollOf,
  wordsIn,
} from './plan-defaults.ts';
import { PlanDetails } from './plan-details.tsx';
import { arrangementFrom, arrangementOf } from './plan-draft.ts';
import { GroupFields, type Groups } from './plan-groups.tsx';
import { PlanActs } from './plan-acts.tsx';
import styles from './plan-form.module.css';

interface PlanFormProps {
  readonly me: Me;
  /** Where this person may plan; at least one. */
  readonly studios: readonly Studio[];
  readonly accounts: readonly Account[];
  /** The session that this one is planned after, if any. */
  readonly earlier: EarlierPlan | null;
  readonly onPlanned: (session: SessionSummary) => void;
}

const Title = line(LIMITS.titleLength);

/** A kind of meeting, a topic and a day make a session; everything else has a default that can be opened. */
export function PlanForm({ me, studios, accounts, earlier, onPlanned }: PlanFormProps) {
  const t = useText();
  const [title, setTitle] = useState(earlier?.plan.title ?? '');
  const [studioId, setStudioId] = useState(() => firstStudio(me, studios, earlier));
  const [convenerId, setConvenerId] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [arrangement, setArrangement] = useState(() =>
    earlier === null ? arrangementOf('micro', wordsIn(t), newId) : arrangementFrom(earlier, newId),
  );
  // Until somebody picks people: those of the earlier session, else the members of the studio.
  const [chosen, setChosen] = useState<Picked | null>(null);
  const [hostId, setHostId] = useState<string>(earlier?.hostPersonId ?? '');
  const [groups, setGroups] = useState<Groups>({
    stakeholders: earlier?.plan.stakeholders?.join('、') ?? '',
    departments: earlier?.plan.departments?.join('、') ?? '',
  });
  const [wasSubmitted, setSubmitted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [ids] = useState(createIds);

  const studio = studios.find(({ id }) => id === studioId);
  // The office plans for others: then the studio's own convener runs the session.
  const conveners = convenersFor(me, studio);
  const convener = conveners.find(({ personId }) => personId === convenerId) ?? conveners[0] ?? me;
  const others = accounts.filter(({ personId }) => personId !== convener.personId);
  const picked = chosen ?? (earlier === null ? membersOf(studio) : rollOf(earlier));
  const people = others.flatMap((account) => {
    const role = picked.get(account.personId);
    return role === undefined ? [] : [{ account, role }];
  });
  const titleError = titleErrorOf(title);
  const needsGroups =
    error?.reason === 'PLAN_WITHOUT_STAKEHOLDERS' || error?.reason === 'PLAN_WITHOUT_DEPARTMENT';
  const missing = missingRoles(arrangement.template, new Set(people.map(({ role }) => role)));
  const hostName =
    convener.personId === me.personId
      ? t('home:planning.hostSelf')
      : t('home:planning.hostConvener', { name: convener.name });
  const submit = async (as?: PlanWish['as']) => {
    setSubmitted(true);
    if (titleError !== undefined || studio === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const host = people.find(({ account }) => account.personId === hostId)?.account.personId ?? null;
      onPlanned(
        await planSession(
          planBody(
            {
              title,
              studio,
              startsAt,
              arrangement,
              nowMs: deviceNow(),
              people,
              convener,
              hostPersonId: host,
              stakeholders: namesIn(groups.stakeholders),
              departments: namesIn(groups.departments),
              ...(as === undefined ? {} : { as }),
            },
            t('home:planning.document', { title: title.trim() }),
            ids(),
          ),
        ),
      );
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // submit never rejects: what fails is told in the form.
        if (!isBusy) void submit();
      }}
    >
      <Choice
        label={t('home:planning.kind')}
        value={arrangement.template ?? ''}
        onChoose={(value) => {
          const template = TemplateName.safeParse(value);
          if (template.success) setArrangement(arrangementOf(template.data, wordsIn(t), newId));
        }}
        options={[
          ...(arrangement.template === null ? [{ value: '', text: t('home:planning.noKind') }] : []),
          ...TemplateName.options.map((name) => ({ value: name, text: t(`words:template.${name}`) })),
        ]}
        {...(arrangement.template === null
          ? {}
          : { hint: t(`home:planning.kindHint.${arrangement.template}`) })}
      />
      <p className={styles.note}>
        {rulesSaid(t, arrangement.rules, collectUntil(startsAt, arrangement.collectDays, deviceNow()))}
      </p>
      <Field
        label={t('home:planning.topic')}
        hint={t('home:planning.topicHint')}
        error={wasSubmitted ? titleError : undefined}
        required
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Field
        label={t('home:planning.when')}
        type="datetime-local"
        value={startsAt}
        onChange={(event) => setStartsAt(event.currentTarget.value)}
      />
      <Choice
        label={t('home:planning.studio')}
        value={studioId}
        onChoose={setStudioId}
        options={studios.map(({ id, name }) => ({ value: id, text: name }))}
      />
      {conveners.length > 1 ? (
        <Choice
          label={t('home:planning.convener')}
          value={convener.personId}
          onChoose={setConvenerId}
          options={conveners.map(({ personId, name }) => ({ value: personId, text: name }))}
          hint={t('home:planning.convenerHint')}
        />
      ) : null}
      <Choice
        label={t('home:planning.host')}
        value={hostId}
        onChoose={setHostId}
        options={[
          { value: '', text: hostName },
          ...people.map(({ account }) => ({ value: account.personId, text: account.name })),
        ]}
      />
      <details className={styles.details}>
        <summary>
          {t('home:planning.people')}{' '}
          <small>{t('home:planning.peopleChosen', { count: people.length })}</small>
        </summary>
        {earlier === null ? null : (
          <label className={fields.check}>
            <input
              type="checkbox"
              checked={chosen === null}
              onChange={(event) => setChosen(event.currentTarget.checked ? null : new Map())}
            />
            {t('home:planning.sameRoll')}
          </label>
        )}
        <PeoplePicker accounts={others} picked={picked} onPick={setChosen} />
      </details>
      <p className={styles.note} role="status">
        {missing.length === 0
          ? ''
          : t('home:planning.rolesMissing', {
              roles: missing.map((role) => t(`words:role.${role}`)).join(t('home:planning.and')),
            })}
      </p>
      {/* Where a review asks for them, they are in sight. */}
      <details className={styles.details} open={needsGroups ? true : undefined}>
        <summary>{t('home:planning.concerned')}</summary>
        <GroupFields groups={groups} onGroups={setGroups} />
      </details>
      <PlanDetails startsAt={startsAt} arrangement={arrangement} onArrange={setArrangement} />
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      {/* submit never rejects. */}
      <PlanActs isBusy={isBusy} onPlan={(as) => void submit(as)} />
    </form>
  );

  function titleErrorOf(value: string): string | undefined {
    if (value.trim() === '') return t('home:planning.topicMissing');
    if (value.trim().length > LIMITS.titleLength)
      return t('home:planning.topicTooLong', { max: LIMITS.titleLength });
    return Title.safeParse(value).success ? undefined : t('home:planning.topicInvalid');
  }
}
