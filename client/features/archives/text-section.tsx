import type { ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { plainText } from '../../../core/domain/outcome.ts';
import { useText } from '../../lib/i18n.ts';
import { AmendmentsPart } from './amendments-part.tsx';
import { AssentsPart } from './assents-part.tsx';
import { OutcomeTree } from './outcome-tree.tsx';
import { RemarksPart } from './remarks-part.tsx';
import { Section } from './section.tsx';
import styles from './sheet.module.css';
import { SigningPart } from './signing-part.tsx';

/** The text as it was frozen, with its fingerprint. */
export function TextSection({ archive }: { readonly archive: Archive }): ReactNode {
  const t = useText();
  const isEmpty = plainText(archive.outcome).trim() === '';
  return (
    <Section id="text" empty={isEmpty ? t('archive:text.none') : null}>
      <article className={styles.sheet}>
        <p className={styles.documentTitle} dir="auto">
          {archive.room.plan?.documentTitle ?? ''}
        </p>
        <OutcomeTree node={archive.outcome} />
      </article>
      <p className={styles.fingerprint}>
        {t('archive:text.fingerprint')} <code>{archive.outcomeHash}</code>
      </p>
      <SigningPart room={archive.room} />
      <AssentsPart room={archive.room} text={archive.outcome} />
      <AmendmentsPart room={archive.room} />
      <RemarksPart room={archive.room} />
    </Section>
  );
}
