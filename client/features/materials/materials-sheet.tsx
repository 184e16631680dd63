import { useState } from 'react';
import { guardAddMaterial, materialsOf } from '../../../core/domain/room/materials.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MaterialsPanel, type MaterialsPanelProps } from './materials-panel.tsx';
import styles from './materials.module.css';

/** The way to the materials on a phone: one line, and a sheet over the page. Nothing while there are none to read. */
export function MaterialsSheet(props: MaterialsPanelProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const listed = materialsOf(props.room).filter(({ withdrawn }) => withdrawn === undefined);
  if (materialsOf(props.room).length === 0 && !guardAddMaterial(props.room, props.who).ok) return null;
  return (
    <div className={styles.way}>
      <Button isWide aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('room:materials.open', { count: listed.length })}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('room:materials.heading')}
        width="full"
        closeLabel={t('room:materials.close')}
        onClose={() => setOpen(false)}
      >
        <MaterialsPanel {...props} />
      </Dialog>
    </div>
  );
}
