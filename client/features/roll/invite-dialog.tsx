import { useEffect, useState } from 'react';
import { invitationRoutes, type Invitable } from '../../../core/contract/invitations.ts';
import { LocalId, ParticipantId, type SessionId } from '../../../core/domain/ids.ts';
import { may, Role, ROLES } from '../../../core/domain/people.ts';
import type { Venue } from '../../../core/domain/sessions.ts';
import { call, newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import fields from '../../ui/form.module.css';
import { Loading } from '../../ui/states.tsx';
import styles from './roll.module.css';

interface InviteDialogProps {
  readonly sessionId: SessionId;
  readonly venues: readonly Venue[];
  /** Whether whoever asks may hand out the roles that run the session [P10]. */
  readonly mayHandOut: boolean;
  readonly onClose: () => void;
}

/** Asking people with an account, one by one, with a role and a venue. */
export function InviteDialog({ sessionId, venues, mayHandOut, onClose }: InviteDialogProps) {
  const t = useText();
  const { people, invited, error, invite } = useInviting(sessionId);
  const [role, setRole] = useState<Role>('member');
  const [venueId, setVenueId] = useState(venues[0]?.id ?? LocalId.parse('main'));
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = (people ?? []).filter(({ name, affiliation }) =>
    `${name} ${affiliation}`.toLowerCase().includes(wanted),
  );
  const roles = ROLES.filter((one) => mayHandOut || !may(one, 'session:run'));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room:invite.heading')}
      width="middle"
      closeLabel={t('room:invite.close')}
    >
      <div className={fields.form}>
        <div className={fields.row}>
          <Choice
            label={t('room:invite.role')}
            value={role}
            options={roles.map((one) => ({ value: one, text: t(`words:role.${one}`) }))}
            onChoose={(value) => setRole(Role.parse(value))}
          />
          <Choice
            label={t('room:invite.venue')}
            value={venueId}
            options={venues.map(({ id, name }) => ({ value: id, text: name }))}
            onChoose={(value) => setVenueId(LocalId.parse(value))}
          />
        </div>
        <Field
          label={t('room:invite.search')}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
        {people === null && error === null ? <Loading lines={3} /> : null}
        <p role="status" className={fields.hint}>
          {people === null ? null : t('room:invite.found', { count: found.length })}
        </p>
        <ul role="list" className={styles.people}>
          {found.slice(0, MOST_SHOWN).map((person) => (
            <li key={person.personId} className={styles.person}>
              <span dir="auto">
                {person.name} <small>{person.affiliation}</small>
              </span>
              {invited.has(person.personId) ? (
                <span className={styles.summary}>{t('room:invite.done')}</span>
              ) : (
                <ActButton isSmall onAct={() => invite(person, { role, venueId })}>
                  {t('room:invite.ask', { name: person.name })}
                </ActButton>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** More than this are found by their names. */
const MOST_SHOWN = 50;

function useInviting(sessionId: SessionId) {
  const [people, setPeople] = useState<readonly Invitable[] | null>(null);
  const [invited, setInvited] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let isHere = true;
    call(invitationRoutes.listInvitable, { params: { sessionId } }).then(
      (reply) => isHere && setPeople(reply.people),
      (thrown: unknown) => isHere && setError(asApiError(thrown)),
    );
    return () => {
      isHere = false;
    };
  }, [sessionId]);
  const invite = async (
    { personId }: Invitable,
    as: { readonly role: Role; readonly venueId: LocalId },
  ): Promise<void> => {
    setError(null);
    try {
      const body = { participantId: ParticipantId.parse(newId()), personId, ...as };
      await call(invitationRoutes.inviteParticipant, { params: { sessionId }, body, key: newId() });
      setInvited((before) => new Set([...before, personId]));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return { people, invited, error, invite };
}
