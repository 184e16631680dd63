import { useEffect, useState } from 'react';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { kept } from '../../lib/kept.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PART_KEY } from '../../ui/parts.ts';
import { buttonOf, keyMeant, LIST_KEY, SHORTCUTS, WRITING_KEYS } from './shortcuts.ts';
import styles from './shortcuts.module.css';

const OFF = 'shangliang.shortcuts.off';

interface ShortcutsButtonProps {
  readonly room: Room;
  readonly who: Who;
}

/** The keys of those who run a session or keep its record: listed, and switched off for whoever wants none. */
export function ShortcutsButton({ room, who }: ShortcutsButtonProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const [isOn, setOn] = useState(() => kept.get(OFF) === null);
  const isFor = guardAct(room, who, 'view:curate').ok || guardAct(room, who, 'screen:show').ok;
  useKeys(isFor && isOn, () => setOpen(true));
  if (!isFor) return null;
  const choose = (on: boolean) => {
    setOn(on);
    if (on) kept.remove(OFF);
    else kept.set(OFF, 'off');
  };
  return (
    <>
      <Button kind="quiet" isSmall onClick={() => setOpen(true)}>
        {t('room:shortcuts.heading')}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('room:shortcuts.heading')}
        closeLabel={t('room:shortcuts.close')}
        onClose={() => setOpen(false)}
      >
        <label className={styles.switch}>
          <input type="checkbox" checked={isOn} onChange={() => choose(!isOn)} /> {t('room:shortcuts.on')}
        </label>
        <p>{t('room:shortcuts.hint')}</p>
        <dl className={styles.keys} data-off={!isOn || undefined}>
          <Row keys={LIST_KEY} words={t('room:shortcuts.list')} />
          <Row keys={`${PART_KEY} / Shift + ${PART_KEY}`} words={t('room:shortcuts.parts')} />
          <Row keys="Page Up / Page Down" words={t('room:shortcuts.cards')} />
          {SHORTCUTS.map(({ id, key }) => (
            <Row key={id} keys={key.toUpperCase()} words={t(`room:shortcuts.${id}`)} />
          ))}
        </dl>
        <p>{t('room:shortcuts.writing')}</p>
        <dl className={styles.keys}>
          {WRITING_KEYS.map(({ id, keys }) => (
            <Row key={id} keys={keys} words={t(`room:shortcuts.${id}`)} />
          ))}
        </dl>
      </Dialog>
    </>
  );
}

function Row({ keys, words }: { readonly keys: string; readonly words: string }) {
  return (
    <div className={styles.row}>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{words}</dd>
    </div>
  );
}

/** Hears the keys while they are wanted. */
function useKeys(isWanted: boolean, onList: () => void) {
  useEffect(() => {
    if (!isWanted) return undefined;
    const hear = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      const isCovered = document.querySelector('[aria-modal="true"]') !== null;
      const key = keyMeant(event, at, isCovered);
      if (key === null || event.defaultPrevented || event.repeat) return;
      if (key === LIST_KEY) {
        event.preventDefault();
        onList();
        return;
      }
      const shortcut = SHORTCUTS.find((one) => one.key === key);
      const button = shortcut === undefined ? null : buttonOf(shortcut, at);
      if (shortcut === undefined || button === null) return;
      event.preventDefault();
      if (shortcut.does === 'focus') button.focus();
      else button.click();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  });
}
