import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RecordHit } from '../../../core/contract/record-search.ts';
import { anchorOfHit } from '../../lib/record-anchors.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import styles from './search.module.css';

/** Something that was found: what it is, whose, the words around what was asked for, and the way to its very place. */
export function Hit({ hit }: { readonly hit: RecordHit }): ReactNode {
  const t = useText();
  const { speaker, item, snippet } = hit;
  return (
    <li className={styles.hit}>
      <p className={styles.line}>
        <span className={styles.kind}>{t(`archive:search.kinds.${hit.kind}`)}</span>
        {speaker === null ? null : (
          <>
            <RoleBadge role={speaker.role} />
            {speaker.name === '' ? null : <span dir="auto">{speaker.name}</span>}
          </>
        )}
        {hit.at === null ? null : <time dateTime={hit.at}>{formatDateTime(hit.at)}</time>}
      </p>
      <p className={styles.words}>
        <Link href={`/sessions/${hit.sessionId}/archive#${anchorOfHit(hit)}`} dir="auto">
          {snippet.map(({ text, isMark }, index) =>
            isMark ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
          )}
        </Link>
      </p>
      <p className={styles.line}>
        <span dir="auto">{hit.title}</span>
        {item === null || item === '' ? null : (
          <span dir="auto">{t('archive:search.underItem', { item })}</span>
        )}
        {hit.studioName === '' ? null : <span dir="auto">{hit.studioName}</span>}
        <time dateTime={hit.sealedAt}>
          {t('archive:search.sealed', { time: formatDateTime(hit.sealedAt) })}
        </time>
      </p>
    </li>
  );
}
