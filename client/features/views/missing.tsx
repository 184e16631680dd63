import { useText } from '../../lib/i18n.ts';
import styles from './composer.module.css';
import type { Draft, Missing as What } from './draft.ts';

export interface MissingProps {
  readonly missing: What | null;
  readonly kind: Draft['mode'];
}

/** What is still missing before it can be sent; how to send it once nothing is. */
export function Missing({ missing, kind }: MissingProps) {
  const t = useText();
  switch (missing) {
    case 'stance':
      return t('room:composer.chooseStance');
    case 'text':
      return kind === 'view' ? t('room:composer.writeFirst') : t('room:reply.writeFirst');
    case 'characters':
      return t('room:composer.characters');
    case 'views':
      return t('room:reply.chooseViews');
    case 'commitment':
      return t('room:reply.chooseCommitment');
    case 'picturesComing':
      return t('room:composer.picturesComing');
    case 'picturesFailed':
      return t('room:composer.picturesFailed');
    case 'picturesGone':
      return t('room:composer.picturesGone');
    case 'tooLong':
      return null;
    case null:
      return <span className={styles.shortcut}>{t('room:composer.shortcut')}</span>;
  }
}
