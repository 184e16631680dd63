import type { ReactNode } from 'react';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { EvidenceProvider } from './evidence.ts';
import { OutcomeTree } from './outcome-tree.tsx';
import styles from './sheet.module.css';

interface TextSheetProps {
  readonly text: OutcomeNode;
  /** The room as it was when the text read like this. */
  readonly room: Room;
}

/** A text as the record shows it; its citations lead to the record [RP1] [O7]. */
export function TextSheet({ text, room }: TextSheetProps): ReactNode {
  const recordAt = `/sessions/${room.plan?.id ?? ''}/archive`;
  return (
    <EvidenceProvider value={{ room, outcome: text, recordAt }}>
      <div className={styles.sheet}>
        <OutcomeTree node={text} />
      </div>
    </EvidenceProvider>
  );
}
