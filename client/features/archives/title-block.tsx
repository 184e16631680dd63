import type { ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { formatDateTimeLong, formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { chairOfRoom, groupByRole, peopleOf } from './grouping.ts';
import styles from './record.module.css';

/** 题目, 时间, 地点, 方式, 主持人, 议题来源: what stands at the head of the minutes. */
export function TitleBlock({ archive }: { readonly archive: Archive }): ReactNode {
  const t = useText();
  const { room } = archive;
  const { plan } = room;
  if (plan === null) return null;
  const chair = chairOfRoom(room);
  const expected = peopleOf(room).length;
  const present = groupByRole(room).reduce((sum, group) => sum + group.present, 0);
  return (
    <header className={styles.head}>
      <p className={styles.kicker}>
        <span className={styles.seal}>
          {room.state === 'aborted' ? t('words:state.aborted') : t('archive:head.seal')}
        </span>
        {plan.studioName === '' ? t('archive:head.kind') : `${plan.studioName} · ${t('archive:head.kind')}`}
      </p>
      <h1 tabIndex={-1} dir="auto">
        {plan.title}
      </h1>
      <dl className={styles.facts}>
        <Fact name={t('archive:head.when')}>
          <Times from={room.openedAt} to={room.endedAt ?? room.closedAt} />
        </Fact>
        <Fact name={t('archive:head.where')}>
          {plan.venues
            .map(({ name, kind }) => {
              const word = t(`words:venue.${kind}`);
              // A venue that is called by its kind is not called so twice.
              return name.includes(word) ? name : t('archive:head.venue', { name, kind: word });
            })
            .join(t('archive:head.and'))}
        </Fact>
        <Fact name={t('archive:head.mode')}>{t(`words:mode.${plan.mode}`)}</Fact>
        <Fact name={t('archive:head.chair')}>
          {chair === undefined ? t('archive:head.noChair') : nameOf(t, room.participants, chair.id)}
        </Fact>
        <Fact name={t('archive:head.present')}>{t('archive:people.turnout', { expected, present })}</Fact>
        <Fact name={t('archive:head.source')}>
          {t(`words:source.${plan.source.kind}`)}
          {plan.source.collected > 0 ? t('archive:head.collected', { count: plan.source.collected }) : ''}
          {plan.source.detail === '' ? null : <span dir="auto"> {plan.source.detail}</span>}
        </Fact>
        {room.state === 'aborted' ? (
          <Fact name={t('words:state.aborted')}>
            <span dir="auto">{room.note?.why}</span>
          </Fact>
        ) : null}
        <Fact name={t('archive:head.sealed')}>
          <time dateTime={archive.sealedAt}>{formatDateTimeLong(archive.sealedAt)}</time>
        </Fact>
      </dl>
      {plan.background === '' ? null : (
        <div className={styles.background}>
          <h2>{t('archive:head.background')}</h2>
          <p dir="auto">{plan.background}</p>
        </div>
      )}
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Times({ from, to }: { readonly from: string | null; readonly to: string | null }): ReactNode {
  const t = useText();
  if (from === null) return t('archive:head.neverOpened');
  const isSameDay = to !== null && from.slice(0, 10) === to.slice(0, 10);
  return (
    <>
      <time dateTime={from}>{formatDateTimeLong(from)}</time>
      {to === null ? null : (
        <>
          {' – '}
          <time dateTime={to}>{isSameDay ? formatTime(to) : formatDateTimeLong(to)}</time>
        </>
      )}
    </>
  );
}
