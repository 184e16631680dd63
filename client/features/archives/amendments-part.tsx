import type { ReactNode } from 'react';
import type { Amendment } from '../../../core/domain/amendments.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { amendmentsOf } from '../../../core/domain/room/amending.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { WideTable } from './section.tsx';

/** What people would have had otherwise in the text, in their words, and what became of it [O12]. */
export function AmendmentsPart({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const all = amendmentsOf(room);
  if (all.length === 0) return null;
  const count = (phase: Amendment['state']['phase']) =>
    all.filter(({ state }) => state.phase === phase).length;
  return (
    <section aria-labelledby="amendments-title">
      <h3 id="amendments-title">{t('archive:amendments.title')}</h3>
      <p>
        {t('archive:amendments.counts', {
          count: all.length,
          accepted: count('accepted'),
          declined: count('declined'),
          withdrawn: count('withdrawn'),
          waiting: count('waiting'),
        })}
      </p>
      <WideTable name={t('archive:amendments.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:amendments.old')}</th>
            <th scope="col">{t('archive:amendments.fresh')}</th>
            <th scope="col">{t('archive:amendments.who')}</th>
            <th scope="col">{t('archive:amendments.became')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((amendment) => (
            <tr key={amendment.id}>
              <td dir="auto">{kept(t, amendment.anchor.quote)}</td>
              <td dir="auto">
                {amendment.words === null ? t('archive:amendments.gone') : kept(t, amendment.words)}
                {amendment.why === '' ? null : <small> {amendment.why}</small>}
              </td>
              <td dir="auto">{nameOf(t, room.participants, amendment.by)}</td>
              <td dir="auto">{became(t, room, amendment)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function became(t: Translate, { participants }: Room, { state }: Amendment): string {
  switch (state.phase) {
    case 'waiting':
    case 'withdrawn':
      return t(`archive:amendments.${state.phase}`);
    case 'accepted':
      return t(state.byHand === true ? 'archive:amendments.byHand' : 'archive:amendments.accepted', {
        name: nameOf(t, participants, state.by),
      });
    case 'declined':
      return t('archive:amendments.declined', {
        name: nameOf(t, participants, state.by),
        why: kept(t, state.why),
      });
  }
}

function kept(t: Translate, words: string): string {
  return words === '' ? t('archive:views.erased') : words;
}
