import type { ReactNode } from 'react';
import { isWaiting, questionsOf } from '../../../core/domain/room/questions.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { fateOf, unitOf } from '../../room/fate.ts';
import { nameOf } from '../../room/names.ts';
import { anchorOf } from '../../lib/record-anchors.ts';
import { Section, WideTable } from './section.tsx';

/** Which views were put to departments, by whom, through whose hands they went, and what became of each [D4]. */
export function QuestionsSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const questions = questionsOf(room);
  const views = new Map(room.views.map((view) => [view.id, view]));
  const tasks = new Map(room.tasks.map(({ questionId }, index) => [questionId, index + 1]));
  const { waiver } = room;
  return (
    <Section id="questions" empty={questions.length === 0 ? t('archive:questions.none') : null}>
      {waiver === undefined ? null : (
        <p dir="auto">
          {t('archive:questions.waiver', {
            name: nameOf(t, room.participants, waiver.by),
            why: waiver.why === '' ? t('archive:views.erased') : waiver.why,
          })}
        </p>
      )}
      <WideTable name={t('archive:questions.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:questions.view')}</th>
            <th scope="col">{t('archive:questions.put')}</th>
            <th scope="col">{t('archive:questions.hands')}</th>
            <th scope="col">{t('archive:questions.fate')}</th>
          </tr>
        </thead>
        <tbody>
          {questions.map((question) => {
            const view = views.get(question.viewId);
            const task = tasks.get(question.id);
            return (
              <tr key={question.id}>
                <th scope="row" dir="auto">
                  {view === undefined ? (
                    '—'
                  ) : (
                    <a href={`#${anchorOf(view.seq)}`}>
                      {t('archive:questions.ofView', {
                        seq: view.seq,
                        name: nameOf(t, room.participants, view.by),
                      })}
                    </a>
                  )}
                </th>
                <td dir="auto">
                  {nameOf(t, room.participants, question.by)}{' '}
                  <time dateTime={question.at}>{formatTimeExact(question.at)}</time>
                </td>
                <td dir="auto">
                  {question.hands
                    .map(({ to, toName }) => (to === null ? toName || '—' : unitOf(t, room, to)))
                    .join(' → ')}
                </td>
                <td dir="auto">
                  {isWaiting(question) ? `${t('archive:questions.unanswered')} ` : null}
                  {fateOf(t, room, question)}
                  {task === undefined ? null : ` ${t('archive:questions.task', { number: task })}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </Section>
  );
}
