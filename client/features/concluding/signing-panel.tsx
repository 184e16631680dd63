import { useState } from 'react';
import { guardSign, signatureOf, unsignedOf } from '../../../core/domain/room/concluding.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Signer, Signing } from '../../../core/domain/signing.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import styles from './concluding.module.css';
import { OwnSignature } from './own-signature.tsx';

export interface SigningPanelProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** Above a text behind its meeting: why it is written on, or who has confirmed it, who has not, and my own word. */
export function SigningPanel({ room, who, nameOf }: SigningPanelProps) {
  const t = useText();
  const { state, signing, reopenings = [] } = room;
  const last = reopenings[reopenings.length - 1];
  if (state === 'drafting' && last !== undefined)
    return (
      <section className={styles.panel} aria-label={t('room:concluding.heading')}>
        <p dir="auto">
          {t('room:concluding.reopened', {
            name: nameOf(last.by),
            why: last.why === '' ? t('room:course.whyErased') : last.why,
          })}
        </p>
        {last.signed === 0 ? null : <p>{t('room:concluding.void', { count: last.signed })}</p>}
      </section>
    );
  if (state !== 'confirming' || signing === undefined) return null;
  return (
    <section className={styles.panel} aria-label={t('room:concluding.heading')}>
      <h2 className={styles.title}>{t('room:concluding.heading')}</h2>
      {guardSign(room, who).ok ? <OwnSignature signing={signing} who={who} /> : null}
      <Standing signing={signing} nameOf={nameOf} />
    </section>
  );
}

function Standing({ signing, nameOf }: { readonly signing: Signing } & Pick<SigningPanelProps, 'nameOf'>) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const signed = signing.signers.length - unsignedOf(signing).length;
  const reserved = signing.signatures.flatMap(({ by, reservation }) => (reservation === null ? [] : [by]));
  return (
    <>
      {signing.why === null ? null : (
        <p className={styles.note} dir="auto">
          {t('room:concluding.lacksBecause', {
            why: signing.why === '' ? t('room:course.whyErased') : signing.why,
          })}
        </p>
      )}
      {/* The text below is what people came to read: the list opens for whoever wants it, reservations are in sight. */}
      <SignerList {...{ signing, nameOf }} ids={reserved} />
      <details className={styles.all} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary data-testid="signed">
          {t('room:concluding.progress', { signed, asked: signing.signers.length })}
        </summary>
        {isOpen ? <SignerList {...{ signing, nameOf }} ids={null} /> : null}
      </details>
    </>
  );
}

interface SignerListProps extends Pick<SigningPanelProps, 'nameOf'> {
  readonly signing: Signing;
  /** Only these; null: everybody. */
  readonly ids: readonly string[] | null;
}

function SignerList({ signing, ids, nameOf }: SignerListProps) {
  const shown = signing.signers.filter(({ id }) => ids === null || ids.includes(id));
  if (shown.length === 0) return null;
  return (
    <ul className={styles.signers} role="list">
      {shown.map((signer) => (
        <SignerRow key={signer.id} {...{ signer, signing, nameOf }} hasWords={ids !== null} />
      ))}
    </ul>
  );
}

interface SignerRowProps extends Pick<SigningPanelProps, 'nameOf'> {
  readonly signer: Signer;
  /** Whether their reservation is told, which stands above the whole list already. */
  readonly hasWords: boolean;
  readonly signing: Signing;
}

function SignerRow({ signer, signing, hasWords, nameOf }: SignerRowProps) {
  const t = useText();
  const signature = signatureOf(signing, signer.id);
  const said =
    signature === undefined ? 'unsignedYet' : signature.reservation === null ? 'signed' : 'reserved';
  return (
    <li className={styles.signer} data-signed={said}>
      <span className={styles.who}>
        <span dir="auto">{nameOf(signer.id)}</span> <RoleBadge role={signer.role} />
      </span>
      <span className={styles.said}>
        {t(`room:concluding.${said}`)}
        {signature === undefined ? null : (
          <time className={styles.note} dateTime={signature.at}>
            {' '}
            {formatDateTime(signature.at)}
          </time>
        )}
      </span>
      {!hasWords || signature === undefined || signature.reservation === null ? null : (
        <blockquote className={styles.reservation} dir="auto">
          {signature.reservation === '' ? t('room:views.erased') : signature.reservation}
        </blockquote>
      )}
    </li>
  );
}
