import { reasonText } from '../lib/errors.ts';
import { setLocale, useLocale, useText, type Locale } from '../lib/i18n.ts';
import { chooseLarge, chooseScheme, useLook, type SchemeChoice } from '../lib/look.ts';
import { Button } from './button.tsx';
import { notify } from './notices.tsx';
import styles from './display-bar.module.css';

const NEXT: Readonly<Record<SchemeChoice, SchemeChoice>> = { auto: 'light', light: 'dark', dark: 'auto' };

const SIGNS: Readonly<Record<SchemeChoice, string>> = { auto: '◐', light: '○', dark: '●' };

/** One tap to larger letters and back, with the word on it. */
export function LargeSwitch() {
  const t = useText();
  const { isLarge } = useLook();
  return (
    <Button kind="quiet" isSmall onClick={() => chooseLarge(!isLarge)}>
      {isLarge ? t('shell:top.largeOff') : t('shell:top.large')}
    </Button>
  );
}

interface DisplayBarProps {
  /** Left out where the switch stands by itself. */
  readonly hasLarge?: boolean;
}

/** 长辈版, language and appearance: one tap each, remembered, on every first screen. */
export function DisplayBar({ hasLarge = true }: DisplayBarProps) {
  const t = useText();
  const locale = useLocale();
  const { choice } = useLook();
  const schemes = {
    auto: t('shell:top.schemeAuto'),
    light: t('shell:top.schemeLight'),
    dark: t('shell:top.schemeDark'),
  };
  const other = locale === 'en' ? 'zh-CN' : 'en';
  const change = async (next: Locale) => {
    try {
      await setLocale(next, { choose: true });
    } catch {
      // The texts could not be fetched: the language stays, and the person hears why.
      notify('bad', reasonText(t, 'OFFLINE'));
    }
  };
  return (
    <div className={styles.display} role="group" aria-label={t('shell:top.settings')}>
      {hasLarge ? <LargeSwitch /> : null}
      <Button kind="quiet" isSmall lang={other} onClick={() => void change(other)}>
        {t('shell:top.language')}
      </Button>
      <Button
        kind="quiet"
        isSmall
        aria-label={`${t('shell:top.scheme')} ${schemes[choice]}`}
        onClick={() => chooseScheme(NEXT[choice])}
      >
        <span aria-hidden="true">{SIGNS[choice]}</span>
        <span className={styles.word}>{schemes[choice]}</span>
      </Button>
    </div>
  );
}
