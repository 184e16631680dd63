import { useState } from 'react';
import type { Me } from '../../../core/contract/accounts.ts';
import type { Studio } from '../../../core/contract/office.ts';
import { may } from '../../../core/domain/people.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './accounts.module.css';
import { CreateStudio } from './create-studio.tsx';

interface StudioListProps {
  readonly me: Me;
  readonly studios: readonly Studio[];
  readonly onChanged: () => void;
}

/** The studios of the house and whoever convenes them. */
export function StudioList({ me, studios, onChanged }: StudioListProps) {
  const t = useText();
  const [isCreating, setCreating] = useState(false);
  const isChief = me.office !== null && may(me.office, 'org:manage');
  return (
    <section className={styles.section} aria-labelledby="studios-title">
      <div className={styles.head}>
        <h2 id="studios-title">{t('accounts:studio.list')}</h2>
        {isChief ? <Button onClick={() => setCreating(true)}>{t('accounts:studio.title')}</Button> : null}
      </div>
      <ul role="list" className={styles.rows}>
        {studios.map(({ id, name, kind, conveners }) => (
          <li key={id} className={styles.row}>
            <div className={styles.facts}>
              <p>
                <strong dir="auto">{name}</strong> <span className={styles.tag}>{kind}</span>
              </p>
              <p className={styles.soft} dir="auto">
                {conveners.length === 0
                  ? t('accounts:studio.noConvener')
                  : t('accounts:studio.conveners', {
                      names: conveners.map((one) => one.name).join(t('accounts:and')),
                    })}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {isCreating ? <CreateStudio onMade={onChanged} onClose={() => setCreating(false)} /> : null}
    </section>
  );
}
