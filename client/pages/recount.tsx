import { BroughtFile } from '../features/recount/brought.tsx';
import { useText } from '../lib/i18n.ts';
import { PageFrame } from '../ui/page-frame.tsx';

/** Where anybody counts a poll again from its file: without an account, and without a line once the page is there [B26]. */
export function RecountPage() {
  const t = useText();
  return (
    <PageFrame title={t('recount:page.title')}>
      <h1>{t('recount:page.title')}</h1>
      <BroughtFile />
    </PageFrame>
  );
}
