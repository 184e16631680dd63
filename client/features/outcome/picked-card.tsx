import type { Editor } from '@tiptap/core';
import { useEffect, type ReactNode } from 'react';
import type { Who } from '../../../core/domain/room/guards.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './amendments.module.css';
import { AssentButtons } from './assents-list.tsx';
import type { CitedRoom } from './evidence.ts';
import type { Paragraph } from './paragraphs.ts';

type PickedCardProps = {
  readonly number: number;
  readonly editor: Editor;
  readonly cited: CitedRoom;
  readonly who: Who;
  readonly paragraph: Paragraph | undefined;
  /** Where on the screen the paragraph was touched. */
  readonly box: DOMRect;
  readonly mayAmend: boolean;
  readonly mayRemark: boolean;
  readonly onPropose: () => void;
  readonly onRemark: () => void;
  readonly onLeave: () => void;
};

const GAP = 8;
const WIDTH = 224;

/** Beside the paragraph that somebody has touched: what they can do about it. */
export function PickedCard(props: PickedCardProps): ReactNode {
  const { number, editor, cited, who, paragraph, box, mayAmend, mayRemark, onPropose, onRemark, onLeave } =
    props;
  const t = useText();
  useEffect(() => {
    const leave = (): void => onLeave();
    const leaveByKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave();
    };
    document.addEventListener('scroll', leave, true);
    document.addEventListener('keydown', leaveByKey);
    return () => {
      document.removeEventListener('scroll', leave, true);
      document.removeEventListener('keydown', leaveByKey);
    };
  });
  const left = Math.max(GAP, Math.min(box.left, window.innerWidth - WIDTH - GAP));
  const isBelow = box.bottom < window.innerHeight * 0.6;
  const place = isBelow
    ? { insetBlockStart: box.bottom + 2 * GAP }
    : { insetBlockEnd: window.innerHeight - box.top + 2 * GAP };
  return (
    <div className={styles.picked} style={{ ...place, insetInlineStart: left, inlineSize: WIDTH }}>
      {mayAmend ? (
        <Button isSmall isWide kind="main" onClick={onPropose}>
          {t('text:amend.proposeOn', { number })}
        </Button>
      ) : null}
      {mayRemark ? (
        <Button isSmall isWide onClick={onRemark}>
          {t('text:remark.makeOn', { number })}
        </Button>
      ) : null}
      {paragraph === undefined ? null : (
        <AssentButtons {...{ editor, cited, who, paragraph }} isNamed onDone={onLeave} />
      )}
    </div>
  );
}
