import type { ReactNode } from 'react';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { taskAnchor } from '../../lib/record-anchors.ts';
import { Section, WideTable } from './section.tsx';

/** What departments took on: who leads, who joins, by when, and how one will see that it is done [T1]. */
export function TasksSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  return (
    <Section id="tasks" empty={room.tasks.length === 0 ? t('archive:tasks.none') : null}>
      <WideTable name={t('archive:tasks.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:agenda.number')}</th>
            <th scope="col">{t('archive:tasks.task')}</th>
            <th scope="col">{t('archive:tasks.lead')}</th>
            <th scope="col">{t('archive:tasks.joint')}</th>
            <th scope="col">{t('archive:tasks.due')}</th>
            <th scope="col">{t('archive:tasks.acceptance')}</th>
          </tr>
        </thead>
        <tbody>
          {room.tasks.map((task, index) => (
            <tr key={task.id} id={taskAnchor(task.id)}>
              <td>{index + 1}</td>
              <th scope="row" dir="auto">
                {task.task}
              </th>
              <td dir="auto">{task.department}</td>
              <td dir="auto">{task.cooperating.length === 0 ? '—' : task.cooperating.join('、')}</td>
              <td>{t('archive:tasks.days', { count: task.dueDays })}</td>
              <td dir="auto">{task.acceptance}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  );
}
