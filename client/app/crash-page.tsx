import { useText } from '../lib/i18n.ts';
import { kept } from '../lib/kept.ts';
import { Button } from '../ui/button.tsx';
import { Plain } from '../ui/plain.tsx';

interface CrashPageProps {
  readonly error: unknown;
}

/** What a person sees when a page broke, or when its code has been replaced by a newer one on the server. */
export function CrashPage({ error }: CrashPageProps) {
  const t = useText();
  const isStale = error instanceof Error && /import|module|chunk|preload/i.test(error.message);
  const title = isStale ? t('shell:newVersion.title') : t('shell:crash.title');
  // Promised only where the device does what it is asked.
  const promise = kept.isLasting() ? 'body' : 'bodyNotKept';
  const body = isStale ? t(`shell:newVersion.${promise}`) : t(`shell:crash.${promise}`);
  return (
    <main id="content">
      <Plain title={title} mark={isStale ? 'new' : 'broken'}>
        <p>{body}</p>
        <Button kind="main" onClick={() => window.location.reload()}>
          {t('shell:state.reload')}
        </Button>
        <a href="/">{t('shell:state.home')}</a>
      </Plain>
    </main>
  );
}
