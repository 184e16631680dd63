import { useState } from 'react';
import { materialRoutes, type MaterialReaders } from '../../../core/contract/materials.ts';
import { isShownAsPage } from '../../../core/domain/files.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import type { Material } from '../../../core/domain/materials.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { addressOf } from '../../lib/upload.ts';
import { CitedBelow } from '../../room/cited-below.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { fileWords } from './file-words.ts';
import styles from './materials.module.css';

interface MaterialRowProps {
  readonly sessionId: SessionId;
  readonly material: Material;
  readonly read: MaterialReaders['materials'][number] | undefined;
  readonly nameOf: (id: string) => string;
  /** It was opened: the counts are other ones in a moment. */
  readonly onOpened: () => void;
}

/** One material: its title leads to it; what it is, who put it there, and how many have read it. */
export function MaterialRow({ sessionId, material, read, nameOf, onOpened }: MaterialRowProps) {
  const t = useText();
  const { title, kind, withdrawn } = material;
  const said = title === '' ? t('room:materials.untitled') : title;
  return (
    <div className={styles.row} data-material-id={material.id} data-withdrawn={withdrawn !== undefined}>
      {withdrawn === undefined ? (
        <p className={styles.title} dir="auto">
          <FileLink {...{ sessionId, material, onOpened }} title={said} />
        </p>
      ) : (
        <p className={styles.title} dir="auto">
          <s>{said}</s> <span className={styles.mark}>{t('room:materials.withdrawn')}</span>
        </p>
      )}
      <p className={styles.more}>
        {withdrawn === undefined
          ? t('room:materials.addedBy', {
              file: fileWords(t, material),
              name: nameOf(material.by),
              time: formatDateTime(material.at),
            })
          : t('room:materials.withdrawnBy', {
              name: nameOf(withdrawn.by),
              time: formatDateTime(withdrawn.at),
            })}
      </p>
      {withdrawn === undefined ? <ReadBy read={read} nameOf={nameOf} /> : null}
      {withdrawn === undefined && !isShownAsPage(kind) && isInWeChat() ? (
        <p className={styles.more}>{t('room:materials.inBrowser')}</p>
      ) : null}
      <CitedBelow kind="material" id={material.id} />
    </div>
  );
}

/** WeChat's browser hands no file to another program. */
function isInWeChat(): boolean {
  return /MicroMessenger/i.test(window.navigator.userAgent);
}

type FileLinkProps = Pick<MaterialRowProps, 'sessionId' | 'material' | 'onOpened'> & {
  readonly title: string;
};

/** A picture opens in a window of the page, whatever else the browser can show as a page of its own. */
function FileLink({ sessionId, material, title, onOpened }: FileLinkProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const address = addressOf(materialRoutes.openMaterial, { sessionId, materialId: material.id });
  if (material.kind !== 'picture')
    return (
      <a href={address} target="_blank" rel="noopener" onClick={() => setTimeout(onOpened, 1_500)}>
        {title}
      </a>
    );
  return (
    <>
      <button type="button" className={styles.link} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {title}
      </button>
      <Dialog
        isOpen={isOpen}
        title={title}
        width="wide"
        closeLabel={t('room:materials.close')}
        onClose={() => setOpen(false)}
      >
        <img className={styles.picture} src={address} alt={title} onLoad={onOpened} />
        <p>
          <a href={address} target="_blank" rel="noopener">
            {t('room:materials.alone')}
          </a>
        </p>
      </Dialog>
    </>
  );
}

/** How many have read it, and for whoever runs the session who they are. */
function ReadBy({ read, nameOf }: Pick<MaterialRowProps, 'read' | 'nameOf'>) {
  const t = useText();
  const { count = 0, isMine = false, readers = null } = read ?? {};
  const words = t('room:materials.readBy', { count });
  const mine = isMine ? ` · ${t('room:materials.readByMe')}` : '';
  if (readers === null || readers.length === 0)
    return (
      <p className={styles.more}>
        {words}
        {mine}
      </p>
    );
  return (
    <details className={styles.more}>
      <summary>
        {words}
        {mine}
      </summary>
      <p dir="auto">{readers.map(nameOf).join(t('room:materials.separator'))}</p>
    </details>
  );
}
