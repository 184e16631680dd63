import type { ReactNode } from 'react';
import { openRemarks, remarksOf } from '../../../core/domain/room/remarking.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { WideTable } from './section.tsx';

/** What people remarked on words of the text, and the answers [O13]. */
export function RemarksPart({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const all = remarksOf(room);
  if (all.length === 0) return null;
  const kept = (words: string) => (words === '' ? t('archive:views.erased') : words);
  const name = (id: string) => nameOf(t, room.participants, id);
  return (
    <section aria-labelledby="remarks-title">
      <h3 id="remarks-title">{t('archive:remarks.title')}</h3>
      <p>{t('archive:remarks.counts', { count: all.length, open: openRemarks(room).length })}</p>
      <WideTable name={t('archive:remarks.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:amendments.old')}</th>
            <th scope="col">{t('archive:remarks.words')}</th>
            <th scope="col">{t('archive:amendments.who')}</th>
            <th scope="col">{t('archive:remarks.answers')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((remark) => (
            <tr key={remark.id}>
              <td dir="auto">{kept(remark.anchor.quote)}</td>
              <td dir="auto">{kept(remark.words)}</td>
              <td dir="auto">{name(remark.by)}</td>
              <td dir="auto">
                {remark.answers.map((answer) => (
                  <p key={`${answer.at} ${answer.by} ${answer.words}`}>
                    {name(answer.by)}：{kept(answer.words)}
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
