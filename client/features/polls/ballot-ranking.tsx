import { useLayoutEffect, useRef } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import styles from './ballot.module.css';
import type { FieldsProps } from './fields-props.ts';
import polls from './polls.module.css';

interface BallotRankingProps extends FieldsProps<AskOf<'ranking' | 'stv'>> {
  readonly question: string;
}

/** 排序: options are ranked one after the other by a press, and put in another order by buttons, keys or dragging. */
export function BallotRanking({ ask, question, filled, onFilled, errorId }: BallotRankingProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const pressed = useRef<number | null>(null);
  const { ranking } = filled;
  const textOf = (id: string) => ask.options.find((option) => option.id === id)?.text ?? id;
  const left = ask.options.filter(({ id }) => !ranking.includes(id));
  useLayoutEffect(() => {
    // The button that was pressed is gone: the one in its place has the focus, or the last that is ranked.
    if (pressed.current === null) return;
    const waiting = [...(box.current?.querySelectorAll<HTMLElement>('[data-rank]') ?? [])];
    const ranked = [...(box.current?.querySelectorAll<HTMLElement>('[data-act="handle"]') ?? [])];
    (waiting[Math.min(pressed.current, waiting.length - 1)] ?? ranked[ranked.length - 1])?.focus();
    pressed.current = null;
  });
  const change = (next: readonly string[]) => onFilled({ ...filled, ranking: next });
  const place = (id: string, before: string | null) => {
    const rest = ranking.filter((other) => other !== id);
    const at = before === null ? rest.length : rest.indexOf(before);
    change([...rest.slice(0, at), id, ...rest.slice(at)]);
  };
  return (
    <div ref={box} role="group" aria-label={question} aria-describedby={errorId}>
      <p className={polls.hint}>
        {ask.kind === 'stv'
          ? t('room:polls.hints.stv', { seats: ask.seats })
          : t('room:polls.hints.ranking', { least: ask.least })}
      </p>
      <SortableList
        label={t('room:polls.ranked')}
        items={ranking.map((id) => ({ id, title: textOf(id) }))}
        isMovable={() => true}
        onPlace={place}
      >
        {({ id, title }, index) => (
          <div className={styles.ranked}>
            <span dir="auto">{t('room:polls.ranksAs', { n: index + 1, option: title })}</span>
            <Button
              kind="quiet"
              isSmall
              aria-label={t('room:polls.unrank', { option: title })}
              onClick={() => {
                pressed.current = ask.options.length;
                change(ranking.filter((other) => other !== id));
              }}
            >
              {t('room:polls.clear')}
            </Button>
          </div>
        )}
      </SortableList>
      <div className={styles.toRank}>
        {left.map(({ id, text }, index) => (
          <Button
            key={id}
            isWide
            data-rank={id}
            onClick={() => {
              pressed.current = index;
              change([...ranking, id]);
            }}
          >
            {t('room:polls.rankNext', { n: ranking.length + 1, option: text })}
          </Button>
        ))}
      </div>
    </div>
  );
}
