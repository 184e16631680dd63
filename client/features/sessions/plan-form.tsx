import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { Account, SessionSummary } from '../../../core/contract/sessions.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { line } from '../../../core/domain/text.ts';
import { newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { AGENDA_TEMPLATES, minutesOf, TEMPLATE_NAMES, type TemplateName } from './agenda-templates.ts';
import { planSession } from './commands.ts';
import { PeoplePicker, type Picked } from './people-picker.tsx';
import { planBody, type PlanWords } from './plan-body.ts';
import styles from './plan-form.module.css';

interface PlanFormProps {
  readonly me: Me;
  readonly accounts: readonly Account[];
  readonly onPlanned: (session: SessionSummary) => void;
}

const Title = line(LIMITS.titleLength);

/** A topic and the people; studio, agenda and host have defaults. */
export function PlanForm({ me, accounts, onPlanned }: PlanFormProps) {
  const t = useText();
  const [title, setTitle] = useState('');
  const [studioId, setStudioId] = useState(me.convenes[0]?.id ?? '');
  const [startsAt, setStartsAt] = useState('');
  const [template, setTemplate] = useState<TemplateName>('full');
  const [picked, setPicked] = useState<Picked>(new Map());
  const [hostId, setHostId] = useState('');
  const [wasSubmitted, setSubmitted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [ids] = useState(createIds);

  const others = accounts.filter(({ personId }) => personId !== me.personId);
  const people = others.flatMap((account) => {
    const role = picked.get(account.personId);
    return role === undefined ? [] : [{ account, role }];
  });
  const studio = me.convenes.find(({ id }) => id === studioId);
  const titleError = titleErrorOf(title);
  const peopleError = people.length === 0 ? t('home:planning.peopleMissing') : undefined;
  const words = (): PlanWords => ({
    main: t('home:planning.main'),
    mobile: t('home:planning.mobile'),
    document: t('home:planning.document', { title: title.trim() }),
    agenda: (kind) => t(`words:agenda.${kind}`),
  });

  const submit = async () => {
    setSubmitted(true);
    if (titleError !== undefined || peopleError !== undefined || studio === undefined) return;
    setBusy(true);
    setError(null);
    try {
      const host = people.find(({ account }) => account.personId === hostId)?.account.personId ?? null;
      onPlanned(
        await planSession(
          planBody(
            { title, studio, startsAt, template, people, convener: me, hostPersonId: host },
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
        options={me.convenes.map(({ id, name }) => ({ value: id, text: name }))}
      />
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
          { value: '', text: t('home:planning.hostSelf') },
          ...people.map(({ account }) => ({ value: account.personId, text: account.name })),
        ]}
      />
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      <Button kind="main" type="submit" isBusy={isBusy}>
        {isBusy ? t('home:planning.submitting') : t('home:planning.submit')}
      </Button>
    </form>
  );

  function titleErrorOf(value: string): string | undefined {
    if (value.trim() === '') return t('home:planning.topicMissing');
    if (value.trim().length > LIMITS.titleLength)
      return t('home:planning.topicTooLong', { max: LIMITS.titleLength });
    return Title.safeParse(value).success ? undefined : t('home:planning.topicInvalid');
  }
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
