import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { canonical } from '../../../core/domain/canonical.ts';
import type { About, PollDraft } from '../../../core/domain/polls/draft.ts';
import { fewIn } from '../../../core/domain/polls/small-cells.ts';
import { otherInRerun, unheld } from '../../../core/domain/polls/stricter.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { chamberWord } from '../../room/polls/words.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { formOf, keptOf } from './form-of.ts';
import { Check, Fault } from './form-parts.tsx';
import { askOf, EMPTY_FORM, judgedForm, type FormField, type PollForm } from './poll-form.ts';
import { isHeldByHand } from './rules-form.ts';
import { PollFormRules } from './poll-form-rules.tsx';
import { PollKindField } from './poll-kind-field.tsx';
import type { Countable } from './countable.ts';
import { TellersField } from './tellers-field.tsx';
import { PollKindSettings } from './poll-kind-settings.tsx';

type Voters = Parameters<typeof fewIn>[1];
type Topic = { readonly about: About; readonly text: string };

export interface PollFormFieldsProps {
  /** The prepared poll that is changed; none: a new one. */
  readonly from?: PollDraft;
  /** The poll that was void and is held again, where some of its rules are refused today [B43]. */
  readonly before?: PollDraft;
  /** What a new poll is about. */
  readonly about?: About;
  /** What a poll can be about, in words. */
  readonly topics: readonly Topic[];
  /** Who could vote by these rules if it opened now. */
  readonly votersOf: (poll: PollDraft) => Voters;
  /** Who could vote, by name, and count hands or papers. */
  readonly countable: readonly Countable[];
  readonly onSave: (poll: PollDraft) => Promise<boolean>;
  readonly onCancel: () => void;
}

/** What is not yet begun is missing, not wrong: it is told beside the button only. */
const NOT_AT_FIRST: readonly FormField[] = ['question', 'options', 'range', 'seats', 'tellers', 'people'];

/** The chair prepares a poll; it opens later, by an act of its own. A question is enough. */
export function PollFormFields(props: PollFormFieldsProps) {
  const { from, before, about = null, topics, votersOf, countable, onSave, onCancel } = props;
  const t = useText();
  const id = useId();
  const [pollId] = useState(() => from?.id ?? newId());
  const [form, setForm] = useState<PollForm>(() =>
    from === undefined ? { ...EMPTY_FORM, about } : formOf(from),
  );
  const [begun, setBegun] = useState<readonly FormField[]>([]);
  const [isBusy, setBusy] = useState(false);
  const { poll, faults } = judgedForm(
    form,
    pollId,
    from === undefined ? undefined : (changed) => keptOf(from, changed),
  );
  const isAgain = from?.rerunOf !== undefined;
  const isOther = poll !== null && before !== undefined && otherInRerun(before, poll) !== null;
  const told = faults.filter((field) => begun.includes(field) || !NOT_AT_FIRST.includes(field));
  const edit = (change: Partial<PollForm>, field: FormField) => {
    setForm({ ...form, ...change });
    if (!begun.includes(field)) setBegun([...begun, field]);
  };
  const save = async () => {
    if (poll === null) return;
    setBusy(true);
    if (await onSave(poll)) onCancel();
    else setBusy(false);
  };
  const [first] = faults;
  return (
    <form
      className={fields.form}
      noValidate
      aria-label={t('room:pollForm.heading')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by onSave, which never rejects.
        void save();
      }}
    >
      {isAgain ? (
        <p className={fields.hint} dir="auto">
          {t('room:pollLife.sameAgain', { question: form.question })}
        </p>
      ) : (
        <>
          <div className={fields.field}>
            <label htmlFor={`${id}-question`}>{t('room:pollForm.question')}</label>
            <textarea
              id={`${id}-question`}
              className={fields.control}
              rows={2}
              maxLength={LIMITS.questionLength}
              value={form.question}
              aria-invalid={told.includes('question')}
              aria-describedby={`${id}-question-fault`}
              onChange={(event) =>
                edit({ question: event.target.value.replace(/\s*\n\s*/g, ' ') }, 'question')
              }
            />
            <Fault id={`${id}-question-fault`} field="question" faults={told} />
          </div>
          <AboutField
            about={form.about}
            topics={topics}
            onAbout={(next) => edit({ about: next }, 'question')}
          />
          <PollKindField kind={form.kind} ask={askOf(form)} onKind={(kind) => edit({ kind }, 'kind')} />
          <Fault id={`${id}-kind-fault`} field="kind" faults={told} />
          <PollKindSettings form={form} onForm={edit} faults={told} />
        </>
      )}
      {form.kind === 'election' && !isAgain ? (
        <Check
          label={t('room:tellers.electionByHand')}
          isChecked={form.rules.isByTellers}
          onChecked={(isByTellers) => edit({ rules: { ...form.rules, isByTellers } }, 'kind')}
        />
      ) : null}
      {isHeldByHand(form.rules, form.kind) ? (
        <TellersField
          tellers={form.rules.tellers}
          people={countable}
          onTellers={(tellers) => edit({ rules: { ...form.rules, tellers } }, 'tellers')}
          faults={told}
        />
      ) : null}
      <PollFormRules
        kind={form.kind}
        rules={form.rules}
        people={countable}
        onRules={(change) =>
          edit({ rules: { ...form.rules, ...change } }, change.people === undefined ? 'profile' : 'people')
        }
        faults={told}
        {...(from === undefined ? {} : { told: from.rules })}
        isAgain={isAgain}
        mends={before === undefined ? [] : unheld(before)}
      />
      {poll === null ? null : <FewVoters rules={poll.rules} voters={votersOf(poll)} />}
      <p id={`${id}-first`} className={fields.hint}>
        {first === undefined ? null : t(`room:pollForm.faults.${first}`)}
        {isOther ? t('room:pollLife.againOther') : null}
      </p>
      <div className={fields.acts}>
        <Button onClick={onCancel}>{t('room:pollForm.cancel')}</Button>
        <Button
          kind="main"
          type="submit"
          isBusy={isBusy}
          disabled={poll === null || isOther}
          aria-describedby={`${id}-first`}
        >
          {t('room:pollForm.save')}
        </Button>
      </div>
    </form>
  );
}

interface AboutFieldProps {
  readonly about: About | null;
  readonly topics: readonly Topic[];
  readonly onAbout: (about: About | null) => void;
}

/** What it is about, where it is about something in particular. */
function AboutField({ about, topics, onAbout }: AboutFieldProps) {
  const t = useText();
  if (topics.length === 0) return null;
  const keyOf = (one: About | null) => (one === null ? '' : canonical(one));
  return (
    <Choice
      label={t('room:pollForm.about')}
      value={keyOf(about)}
      options={[
        { value: '', text: t('room:pollForm.aboutNothing') },
        ...topics.map((topic) => ({ value: keyOf(topic.about), text: topic.text })),
      ]}
      onChoose={(key) => onAbout(topics.find((topic) => keyOf(topic.about) === key)?.about ?? null)}
    />
  );
}

/** That so few of a chamber could vote that a result which keeps names would tell them all the same [B18]. */
function FewVoters({ rules, voters }: { readonly rules: PollDraft['rules']; readonly voters: Voters }) {
  const t = useText();
  return (
    <p className={fields.hint} role="status">
      {fewIn(rules, voters)
        .map(({ chamberId, voters: count }) =>
          rules.chambers.length < 2
            ? t('room:pollForm.fewVoters', { count })
            : t('room:pollForm.fewVotersOf', { who: chamberWord(t, rules, chamberId), count }),
        )
        .join(' ')}
    </p>
  );
}
