import type { ReactNode } from 'react';
import type { Citation, Cited } from '../../../core/domain/citation.ts';
import { useText } from '../../lib/i18n.ts';
import { placeName } from '../../room/place-name.ts';
import { citedWords } from '../../room/cited-words.ts';
import { nameOf } from '../../room/names.ts';
import { citationAnchor } from '../../lib/record-anchors.ts';
import { anchorOfCited, useAdopted, useEvidence } from './evidence.ts';
import styles from './sheet.module.css';
import said from './said.module.css';

/** A citation in the sealed text: one click to what it names [O7], or why that cannot be read [O8]. */
export function EvidenceLink({ citation }: { readonly citation: Citation }): ReactNode {
  const t = useText();
  const evidence = useEvidence();
  if (evidence === null) return null;
  const { grounds, reading } = evidence;
  const number = reading.citations.find((one) => one.citation.own === citation.own)?.number ?? 0;
  const { anchor, standing } = anchorOfCited(grounds, citation);
  const { room, recordAt = '' } = grounds;
  const { title, gone } = citedWords(t, standing, citation.kind, {
    room,
    nameOf: (id) => nameOf(t, room.participants, id),
  });
  const label = t('room:evidence.chip', { number });
  return (
    <sup className={styles.evidence} id={citationAnchor(number)} data-gone={gone !== null}>
      {anchor === null ? (
        <span title={title}>{label}</span>
      ) : (
        <a
          href={`${recordAt}#${anchor}`}
          title={title}
          aria-label={t('room:evidence.chipOf', { number, title })}
        >
          {label}
        </a>
      )}
    </sup>
  );
}

/** On what is cited: in which sentences of the text, each one click away. */
export function AdoptedIn({ cited }: { readonly cited: Cited }): ReactNode {
  const t = useText();
  const places = useAdopted(cited);
  if (places.length === 0) return null;
  return (
    <p className={said.link}>
      {t('room:evidence.adopted')}{' '}
      {places.map(({ sentence, anchor }, index) => (
        <span key={sentence.number}>
          {index === 0 ? '' : '、'}
          <a href={`#${anchor}`} title={sentence.words} dir="auto">
            {placeName(t, sentence)}
          </a>
        </span>
      ))}
    </p>
  );
}
