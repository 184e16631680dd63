import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import type { PlanWish } from './plan-body.ts';
import styles from './plan-form.module.css';

interface PlanActsProps {
  readonly isBusy: boolean;
  readonly onPlan: (as: PlanWish['as']) => void;
}

/** Three ways on with a plan: arranged at once, given to the office for approval, or kept for later. */
export function PlanActs({ isBusy, onPlan }: PlanActsProps) {
  const t = useText();
  return (
    <div className={styles.acts}>
      <Button kind="main" type="submit" isBusy={isBusy}>
        {isBusy ? t('home:planning.submitting') : t('home:planning.submit')}
      </Button>
      <Button isBusy={isBusy} onClick={() => onPlan('in_review')}>
        {t('home:planning.review')}
      </Button>
      <Button isBusy={isBusy} onClick={() => onPlan('draft')}>
        {t('home:planning.draft')}
      </Button>
      <p className={styles.note}>{t('home:planning.actsHint')}</p>
    </div>
  );
}
