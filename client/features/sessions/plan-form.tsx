import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { Studio } from '../../../core/contract/office.ts';
import type { Account, SessionSummary } from '../../../core/contract/sessions.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { line } from '../../../core/domain/text.ts';
import { newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { namesIn } from '../../lib/names-in.ts';
import { Alert } from '../../ui/alert.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { AGENDA_TEMPLATES, minutesOf, TEMPLATE_NAMES, type TemplateName } from './agenda-templates.ts';
import { planSession } from './commands.ts';
import { PeoplePicker, type Picked } from './people-picker.tsx';
import { planBody, type PlanWish, type PlanWords } from './plan-body.ts';
import { GroupFields, type Groups } from './plan-groups.tsx';
import { PlanActs } from './plan-acts.tsx';
import styles from './plan-form.module.css';

interface PlanFormProps {
  readonly me: Me;
  /** Where this person may plan; at least one. */
  readonly studios: readonly Studio[];
  readonly accounts: readonly Account[];
  readonly onPlanned: (session: SessionSummary) => void;
}

const Title = line(LIMITS.titleLength);

/** A topic and the people; studio, agenda and host have defaults. */
export function PlanForm({ me, studios, accounts, onPlanned }: PlanFormProps) {
  const t = useText();
  const [title, setTitle] = useState('');
  const [studioId, setStudioId] = useState(() => firstStudio(me, studios));
  const [convenerId, setConvenerId] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [template, setTemplate] = useState<TemplateName>('full');
  const [picked, setPicked] = useState<Picked>(new Map());
  const [hostId, setHostId] = useState('');
  const [groups, setGroups] = useState<Groups>({ stakeholders: '', departments: '' });
  const [wasSubmitted, setSubmitted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [ids] = useState(createIds);

  const studio = studios.find(({ id }) => id === studioId);
  // The office plans for others: then the studio's own convener runs the session.
  const conveners = convenersFor(me, studio);
  const convener = conveners.find(({ personId }) => personId === convenerId) ?? conveners[0] ?? me;
  const others = accounts.filter(({ personId }) => personId !== convener.personId);
  const people = others.flatMap((account) => {
    const role = picked.get(account.personId);
    return role === undefined ? [] : [{ account, role }];
  });
  const titleError = titleErrorOf(title);
  const peopleError = people.length === 0 ? t('home:planning.peopleMissing') : undefined;
  const hostName =
    convener.personId === me.personId
      ? t('home:planning.hostSelf')
      : t('home:planning.hostConvener', { name: convener.name });
  const words = (): PlanWords => ({
    main: t('home:planning.main'),
    mobile: t('home:planning.mobile'),
    document: t('home:planning.document', { title: title.trim() }),
    agenda: (kind) => t(`words:agenda.${kind}`),
  });

  const submit = async (as?: PlanWish['as']) => {
    setSubmitted(true);
    if (titleError !== undefined || peopleError !== undefined || studio === undefined) return;
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
              template,
              people,
              convener,
              hostPersonId: host,
              stakeholders: namesIn(groups.stakeholders),
              departments: namesIn(groups.departments),
              ...(as === undefined ? {} : { as }),
            },
            words(),
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
      <Field
        label={t('home:planning.topic')}
        hint={t('home:planning.topicHint')}
        error={wasSubmitted ? titleError : undefined}
        required
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
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
      <Field
        label={t('home:planning.when')}
        type="datetime-local"
        value={startsAt}
        onChange={(event) => setStartsAt(event.currentTarget.value)}
      />
      <Choice
        label={t('home:planning.agenda')}
        value={template}
        onChoose={(value) => setTemplate(TEMPLATE_NAMES.find((name) => name === value) ?? 'full')}
        options={TEMPLATE_NAMES.map((name) => ({ value: name, text: t(`home:planning.template.${name}`) }))}
        hint={`${t(`home:planning.templateHint.${template}`)} · ${t('home:planning.agendaMinutes', { count: AGENDA_TEMPLATES[template].length, minutes: minutesOf(template) })}`}
      />
      <PeoplePicker
        accounts={others}
        picked={picked}
        onPick={setPicked}
        error={wasSubmitted ? peopleError : undefined}
      />
      <Choice
        label={t('home:planning.host')}
        value={hostId}
        onChoose={setHostId}
        options={[
          { value: '', text: hostName },
          ...people.map(({ account }) => ({ value: account.personId, text: account.name })),
        ]}
      />
      <GroupFields groups={groups} onGroups={setGroups} />
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

function firstStudio({ convenes }: Me, studios: readonly Studio[]): string {
  return studios.find(({ id }) => convenes.some((own) => own.id === id))?.id ?? studios[0]?.id ?? '';
}

/** Whoever convenes the studio convenes its sessions; the office stands in for a studio without anybody. */
function convenersFor(me: Me, studio: Studio | undefined): readonly PlanWish['convener'][] {
  const conveners = studio?.conveners ?? [];
  return conveners.some(({ personId }) => personId === me.personId) ? [me] : [...conveners, me];
}

/** The same ids in the same order each time the form is sent: a press whose answer was lost plans no second session. */
function createIds(): () => () => string {
  const made: string[] = [];
  return () => {
    let next = 0;
    return () => {
      const id = made[next] ?? newId();
      made[next] = id;
      next += 1;
      return id;
    };
  };
}
