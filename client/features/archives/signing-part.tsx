import type { ReactNode } from 'react';
import { signatureOf } from '../../../core/domain/room/concluding.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Signer, Signing } from '../../../core/domain/signing.ts';
import { formatDateTimeLong } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { WideTable } from './section.tsx';

/** Who confirmed the text, with which reservations, who has not, and why it was adopted all the same [N6]. */
export function SigningPart({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const { signing, reopenings = [], participants } = room;
  if (signing === undefined) return null;
  const why = signing.adopted?.why ?? null;
  return (
    <section aria-labelledby="signing-title">
      <h3 id="signing-title">{t('archive:signing.title')}</h3>
      <p>
        {t('archive:signing.counts', {
          asked: signing.signers.length,
          signed: signing.signatures.length,
          reserved: signing.signatures.filter(({ reservation }) => reservation !== null).length,
        })}
      </p>
      {signing.why === null ? null : (
        <p dir="auto">{t('archive:signing.lacks', { why: kept(t, signing.why) })}</p>
      )}
      {why === null ? null : <p dir="auto">{t('archive:signing.adoptedOver', { why: kept(t, why) })}</p>}
      {reopenings.map((one) => (
        <p key={one.at} dir="auto">
          {t('archive:signing.reopened', {
            time: formatDateTimeLong(one.at),
            name: nameOf(t, participants, one.by),
            why: kept(t, one.why),
            count: one.signed,
          })}
        </p>
      ))}
      <WideTable name={t('archive:signing.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:signing.who')}</th>
            <th scope="col">{t('archive:signing.role')}</th>
            <th scope="col">{t('archive:signing.said')}</th>
          </tr>
        </thead>
        <tbody>
          {signing.signers.map((signer) => (
            <Row key={signer.id} {...{ room, signing, signer }} />
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function kept(t: Translate, words: string): string {
  return words === '' ? t('archive:views.erased') : words;
}

type RowProps = { readonly room: Room; readonly signing: Signing; readonly signer: Signer };

function Row({ room, signing, signer }: RowProps): ReactNode {
  const t = useText();
  const signature = signatureOf(signing, signer.id);
  const reservation = signature?.reservation ?? null;
  return (
    <tr>
      <th scope="row" dir="auto">
        {nameOf(t, room.participants, signer.id)}
      </th>
      <td>{t(`words:role.${signer.role}`)}</td>
      <td>
        {signature === undefined ? (
          t('archive:signing.unsigned')
        ) : (
          <>
            {t('archive:signing.signed')}{' '}
            <time dateTime={signature.at}>{formatDateTimeLong(signature.at)}</time>
          </>
        )}
        {reservation === null ? null : (
          <p dir="auto">{t('archive:signing.reservation', { words: kept(t, reservation) })}</p>
        )}
      </td>
    </tr>
  );
}
