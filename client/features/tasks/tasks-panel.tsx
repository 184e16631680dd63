import { Modal } from '@mantine/core';
import { useState } from 'react';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';
import { TaskFields } from './task-fields.tsx';
import styles from './tasks.module.css';

export interface TasksPanelProps {
  readonly room: Room;
  readonly who: Who;
}

/** What departments took on, with dates; recorded by the chair and the recorder. */
export function TasksPanel({ room, who }: TasksPanelProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isRecording, setRecording] = useState(false);
  const waiting = useRoomState((state) => state.letters).filter(
    ({ door, state }) => door === 'recordTask' && state.kind !== 'sent' && state.kind !== 'refused',
  ).length;
  const mayRecord =
    room.state !== 'archived' && room.state !== 'scheduled' && guardAct(room, who, 'task:record').ok;
  return (
    <section className={styles.panel} aria-label={t('room:tasks.heading')}>
      {mayRecord ? (
        <div className={styles.acts}>
          <Button isSmall onClick={() => setRecording(true)}>
            {t('room:tasks.add')}
          </Button>
        </div>
      ) : null}
      {room.tasks.length === 0 ? (
        <Empty title={t('room:tasks.empty')}>
          <p>{t('room:tasks.emptyHint')}</p>
        </Empty>
      ) : null}
      <ol role="list" className={styles.tasks}>
        {room.tasks.map((task, index) => (
          <li key={task.id} className={styles.task} data-task-id={task.id}>
            <p className={styles.what} dir="auto">
              {index + 1}. {task.task}
            </p>
            <p dir="auto">
              <strong>{task.department}</strong>{' '}
              <span className={styles.due}>{t('room:tasks.due', { count: task.dueDays })}</span>
            </p>
            {task.cooperating.length === 0 ? null : (
              <p className={styles.more} dir="auto">
                {t('room:tasks.with', { units: task.cooperating.join(t('room:tasks.separator')) })}
              </p>
            )}
            <p className={styles.more} dir="auto">
              {t('room:tasks.acceptanceOf', { text: task.acceptance })}
            </p>
          </li>
        ))}
      </ol>
      {waiting > 0 ? (
        <p role="status" className={styles.more}>
          {t('room:pending.sending')}
        </p>
      ) : null}
      <Modal
        opened={isRecording}
        onClose={() => setRecording(false)}
        title={t('room:tasks.add')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('room:tasks.cancel') }}
      >
        <TaskFields
          departments={departmentsOf(room)}
          onSave={(task) => {
            setRecording(false);
            // -- the letter waits in the outbox; a refusal is told by useTell.
            void tell(send('recordTask', { body: task }));
          }}
          onCancel={() => setRecording(false)}
        />
      </Modal>
    </section>
  );
}

/** Units that sit at the table, to choose the lead from. */
function departmentsOf(room: Room): string[] {
  const units = Object.values(room.participants)
    .filter((seat) => seat.role === 'department' && seat.affiliation !== '')
    .map((seat) => seat.affiliation);
  return [...new Set(units)];
}
