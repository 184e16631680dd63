import { useText } from '../lib/i18n.ts';
import { kept } from '../lib/kept.ts';

/** What a pause means for whoever is writing; that nothing is lost is said only where the device keeps it. */
export function PausedWords() {
  const t = useText();
  return <>{kept.isLasting() ? t('room:banner.paused') : t('room:banner.pausedNotKept')}</>;
}
