import { useId } from 'react';
import { judgedBy } from '../../../core/domain/polls/draft.ts';
import { may, ROLES } from '../../../core/domain/people.ts';
import { SECRECIES } from '../../../core/domain/polls/rules.ts';
import { isLooserSecrecy, isSooner } from '../../../core/domain/polls/stricter.ts';
import { useText } from '../../lib/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import fields from '../../ui/form.module.css';
import { isOneMark } from './paper.ts';
import { isTelling } from './poll-rules-said.ts';
import { Check, Checks, Fault, NumberField, Radios } from './form-parts.tsx';
import { PollFormCount, PollFormQuorum } from './poll-form-count.tsx';
import styles from './poll-form.module.css';
import { isHeldByHand, isOverDays, mayWeigh, shownOf, withSecrecy, type RulesForm } from './rules-form.ts';
import type { RulesPartProps } from './rules-part.ts';
import { VotersField } from './voters-field.tsx';
import { WeightsField } from './weights-field.tsx';

const VOTING_ROLES = ROLES.filter((role) => may(role, 'poll:vote'));

/** The rules of a poll, usual ones to begin with: nobody has to open them. */
export function PollFormRules(props: RulesPartProps) {
  const { kind, rules, onRules, faults, told, isAgain = false, mends = [] } = props;
  const t = useText();
  const id = useId();
  const isCounted = isHeldByHand(rules, kind);
  const isOpen = (...parts: readonly string[]) => !isAgain || parts.some((part) => mends.includes(part));
  return (
    <>
      {isCounted ? null : (
        <Radios
          legend={t('room:pollForm.secrecy')}
          options={SECRECIES.map((value) => ({
            value,
            text: t(`room:polls.rules.secrecy.${value}`),
            isDisabled: told !== undefined && isLooserSecrecy(told.secrecy, value),
          }))}
          value={rules.secrecy}
          faultId={`${id}-secrecy`}
          onValue={(secrecy) => onRules(withSecrecy(rules, secrecy))}
        >
          <OneWay isToldBefore={told !== undefined} />
          <Fault id={`${id}-secrecy`} field="secrecy" faults={faults} />
          {isTelling(rules, kind) ? (
            <p className={styles.warning}>{t('room:polls.rules.wholePapers')}</p>
          ) : null}
          {rules.secrecy === 'verifiable' && !window.isSecureContext ? (
            <p className={styles.warning}>{t('room:polls.box.insecure')}</p>
          ) : null}
        </Radios>
      )}
      <details className={styles.rules} open={isAgain}>
        <summary>{t('room:pollForm.rules')}</summary>
        <div className={styles.parts}>
          {isOpen('eligible') ? <VotersPart {...props} /> : null}
          {isCounted ? null : <TimePart {...props} />}
          {isOpen('quorum') ? <PollFormQuorum {...props} /> : null}
          {isOpen('thresholds', 'base', 'tie') && judgedBy(kind).length > 0 ? (
            <PollFormCount {...props} />
          ) : null}
          {isOpen('weights') && mayWeigh(rules, kind) ? <WeightsField {...props} /> : null}
          {isAgain ? null : <PaperPart {...props} />}
        </div>
      </details>
    </>
  );
}

/** Why some choices cannot be taken: people were told otherwise. */
function OneWay({ isToldBefore }: { readonly isToldBefore: boolean }) {
  const t = useText();
  return isToldBefore ? <p className={fields.hint}>{t('room:pollLife.onlyStricter')}</p> : null;
}

/** Who may vote, and who of them decides. */
function VotersPart({ kind, rules, people, onRules, faults }: RulesPartProps) {
  const t = useText();
  const id = useId();
  const roleOptions = (roles: readonly RulesForm['roles'][number][]) =>
    roles.map((value) => ({ value, text: t(`words:role.${value}`) }));
  return (
    <>
      <Check
        label={t('room:pollForm.byName')}
        isChecked={rules.people !== null}
        onChecked={(isByName) => onRules({ people: isByName ? [] : null, affiliations: '' })}
      />
      {rules.people === null ? (
        <Checks
          legend={t('room:pollForm.roles')}
          options={roleOptions(VOTING_ROLES)}
          chosen={rules.roles}
          faultId={`${id}-roles`}
          onChosen={(roles) => onRules({ roles })}
        >
          <Fault id={`${id}-roles`} field="roles" faults={faults} />
        </Checks>
      ) : (
        <VotersField chosen={rules.people} people={people} onVoters={onRules} faults={faults} />
      )}
      <Choice
        label={t('room:pollForm.presence')}
        value={rules.presence}
        options={(['any', 'present', 'checked_in'] as const).map((value) => ({
          value,
          text: t(`room:pollForm.presences.${value}`),
        }))}
        onChoose={(value) => onRules({ presence: value as RulesForm['presence'] })}
      />
      <Fault id={`${id}-presence`} field="presence" faults={faults} />
      {rules.people === null ? (
        <div className={fields.field}>
          <label htmlFor={`${id}-affiliations`}>{t('room:pollForm.affiliations')}</label>
          <textarea
            id={`${id}-affiliations`}
            className={fields.control}
            rows={2}
            value={rules.affiliations}
            onChange={({ target }) => onRules({ affiliations: target.value })}
          />
        </div>
      ) : null}
      <Check
        label={t('room:pollForm.withoutGuests')}
        isChecked={rules.withoutGuests}
        onChecked={(withoutGuests) => onRules({ withoutGuests })}
      />
      {isHeldByHand(rules, kind) ? null : (
        <Check
          label={t('room:pollForm.isGrouped')}
          isChecked={rules.isGrouped}
          onChecked={(isGrouped) => onRules({ isGrouped })}
        />
      )}
      {rules.isGrouped && !isHeldByHand(rules, kind) ? (
        <Checks
          legend={t('room:pollForm.deciding')}
          options={roleOptions(VOTING_ROLES.filter((role) => rules.roles.includes(role)))}
          chosen={rules.deciding}
          faultId={`${id}-chambers`}
          onChosen={(deciding) => onRules({ deciding })}
        >
          <Fault id={`${id}-chambers`} field="chambers" faults={faults} />
        </Checks>
      ) : null}
    </>
  );
}

/** Until when one votes, and when the result is read. */
function TimePart({ rules, onRules, faults, told }: RulesPartProps) {
  const t = useText();
  const id = useId();
  return (
    <>
      <Field
        label={t('room:pollForm.endsAt')}
        hint={t('room:pollForm.endsAtHint')}
        type="datetime-local"
        value={rules.endsAt}
        onChange={({ currentTarget }) => onRules({ endsAt: currentTarget.value })}
      />
      {isOverDays(rules) ? null : (
        <NumberField
          label={t('room:pollForm.seconds')}
          value={rules.seconds}
          lowest={10}
          highest={7_200}
          placeholder={t('room:pollForm.noLimit')}
          faultId={`${id}-time`}
          isFaulty={faults.includes('time')}
          onValue={(_, seconds) => onRules({ seconds })}
        />
      )}
      {rules.seconds.trim() === '' && !isOverDays(rules) ? null : (
        <NumberField
          label={t('room:pollForm.extension')}
          value={rules.extension}
          lowest={10}
          highest={604_800}
          placeholder={t('room:pollForm.noExtension')}
          faultId={`${id}-time`}
          isFaulty={faults.includes('time')}
          onValue={(_, extension) => onRules({ extension })}
        />
      )}
      <Fault id={`${id}-time`} field="time" faults={faults} />
      <Check
        label={t('room:pollForm.closesWhenAllVoted')}
        isChecked={rules.closesWhenAllVoted}
        onChecked={(closesWhenAllVoted) => onRules({ closesWhenAllVoted })}
      />
      <Radios
        legend={t('room:pollForm.shown')}
        options={shownOf(rules.secrecy).map((value) => ({
          value,
          text: t(`room:pollForm.showns.${value}`),
          isDisabled: told !== undefined && isSooner(told.shown, value),
        }))}
        value={rules.shown}
        faultId={`${id}-shown`}
        onValue={(shown) => onRules({ shown })}
      >
        <OneWay isToldBefore={told !== undefined} />
        <Fault id={`${id}-shown`} field="shown" faults={faults} />
      </Radios>
    </>
  );
}

/** What a paper may be beside a vote, and why one votes so. */
function PaperPart({ kind, rules, onRules, faults }: RulesPartProps) {
  const t = useText();
  const id = useId();
  return (
    <>
      {isHeldByHand(rules, kind) ? null : (
        <Check
          label={t('room:pollForm.allowsBlank')}
          isChecked={rules.allowsBlank}
          onChecked={(allowsBlank) => onRules({ allowsBlank })}
        />
      )}
      {isOneMark(kind) && kind !== 'counted' ? (
        <Radios
          legend={t('room:pollForm.reason')}
          options={(['none', 'optional', 'required'] as const).map((value) => ({
            value,
            text: t(`room:pollForm.reasons.${value}`),
          }))}
          value={rules.reason}
          faultId={id}
          onValue={(reason) => onRules({ reason })}
        >
          <Fault id={id} field="reason" faults={faults} />
        </Radios>
      ) : null}
      <Radios
        legend={t('room:pollForm.profile')}
        options={(['consultation', 'internal'] as const).map((value) => ({
          value,
          text: t(`room:pollForm.profiles.${value}`),
        }))}
        value={rules.profile}
        onValue={(profile) => onRules({ profile })}
      />
    </>
  );
}
