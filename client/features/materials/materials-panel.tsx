import { useState } from 'react';
import { FileId, type SessionId } from '../../../core/domain/ids.ts';
import type { Material } from '../../../core/domain/materials.ts';
import { guardAddMaterial, guardMaterial, materialsOf } from '../../../core/domain/room/materials.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import { Empty } from '../../ui/states.tsx';
import { MaterialRow } from './material-row.tsx';
import styles from './materials.module.css';
import { useReaders } from './use-readers.ts';
import { windowPart } from '../../ui/part.tsx';

const AddDialog = windowPart(async () => (await import('./add-dialog.tsx')).AddDialog, { of: 'desk' });

export interface MaterialsPanelProps {
  readonly sessionId: SessionId;
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** What lies beside the session to be read; put in order, added to and taken out of by those who may. */
export function MaterialsPanel({ sessionId, room, who, nameOf }: MaterialsPanelProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Material | null>(null);
  const materials = materialsOf(room);
  const readers = useReaders(sessionId, materials.length);
  const adding = guardAddMaterial(room, who);
  const isFull = !adding.ok && adding.error.reason === 'MATERIALS_FULL';
  const mayManage = adding.ok || isFull;
  const place = (id: string, before: string | null) => {
    const body = { before: before === null ? null : FileId.parse(before) };
    // -- a refusal is told by useTell.
    void tell(send('placeMaterial', { params: { materialId: FileId.parse(id) }, body }));
  };
  const rowOf = (material: Material) => (
    <MaterialRow
      {...{ sessionId, material, nameOf }}
      read={readers.of(material.id)}
      onOpened={readers.refresh}
    />
  );
  return (
    <section className={styles.panel} aria-label={t('room:materials.heading')}>
      {mayManage ? (
        <div className={styles.acts}>
          {adding.ok ? null : (
            <p className={styles.more}>{reasonText(t, adding.error.reason, adding.error.facts)}</p>
          )}
          <Button isSmall aria-haspopup="dialog" disabled={isFull} onClick={() => setAdding(true)}>
            {t('room:materials.add')}
          </Button>
        </div>
      ) : null}
      {materials.length === 0 ? (
        <Empty title={t('room:materials.empty')}>
          <p>{t(mayManage ? 'room:materials.emptyHost' : 'room:materials.emptyHint')}</p>
        </Empty>
      ) : mayManage ? (
        <SortableList
          label={t('room:materials.heading')}
          items={materials.map((one) => ({ ...one, title: one.title || t('room:materials.untitled') }))}
          isMovable={({ withdrawn }) => withdrawn === undefined}
          onPlace={place}
        >
          {(material) => (
            <>
              {rowOf(material)}
              {guardMaterial(room, who, material.id).ok ? (
                <Button
                  isSmall
                  kind="quiet"
                  aria-label={t('room:materials.withdrawOf', { title: material.title })}
                  onClick={() => setAsked(material)}
                >
                  {t('room:materials.withdraw')}
                </Button>
              ) : null}
            </>
          )}
        </SortableList>
      ) : (
        <ol role="list" className={styles.list}>
          {materials.map((material) => (
            <li key={material.id}>{rowOf(material)}</li>
          ))}
        </ol>
      )}
      {isAdding ? <AddDialog sessionId={sessionId} onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('room:materials.withdrawTitle')}
        act={t('room:materials.withdraw')}
        isIrreversible
        onConfirm={async () => {
          if (asked === null) return;
          if (await tell(send('withdrawMaterial', { params: { materialId: asked.id } }))) setAsked(null);
        }}
        onClose={() => setAsked(null)}
      >
        {t('room:materials.withdrawText', { title: asked?.title ?? '' })}
      </ConfirmDialog>
    </section>
  );
}
