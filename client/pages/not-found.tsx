import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';

export function NotFoundPage() {
  const t = useText();
  return (
    <PageFrame title={t('shell:notFound.title')}>
      <Plain title={t('shell:notFound.title')} mark="lost">
        <p>{t('shell:notFound.body')}</p>
        <ButtonLink kind="quiet" to="/">
          {t('shell:state.home')}
        </ButtonLink>
      </Plain>
    </PageFrame>
  );
}
