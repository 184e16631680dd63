import { BroughtBundle } from '../features/verify/brought-bundle.tsx';
import { useText } from '../lib/i18n.ts';
import { PageFrame } from '../ui/page-frame.tsx';

/** Where anybody verifies a record that was taken away: without an account, and without a line once the page is there [BU6]. */
export function VerifyPage() {
  const t = useText();
  return (
    <PageFrame title={t('verify:page.title')}>
      <h1>{t('verify:page.title')}</h1>
      <BroughtBundle />
    </PageFrame>
  );
}
