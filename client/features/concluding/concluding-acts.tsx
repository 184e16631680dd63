import { useState } from 'react';
import { guardStep, unsignedOf } from '../../../core/domain/room/concluding.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isConcluding } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { AdoptDialog } from './adopt-dialog.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { SettleDialog } from './settle-dialog.tsx';

interface ConcludingActsProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

type Asking = 'settle' | 'reopen' | 'adopt' | null;

function mayConclude(room: Room, who: Who): boolean {
  return isConcluding(room.state) && STEPS.some((step) => guardStep(room, who, step).ok);
}

const STEPS = ['settleText', 'reopenText', 'adoptOutcome'] as const;

/** The acts of concluding-acts for a bar, or null where there are none, so that no empty bar is drawn. */
export function concludingActs(props: ConcludingActsProps) {
  return mayConclude(props.room, props.who) ? <ConcludingActs {...props} /> : null;
}

/** What comes next with the text once the meeting is over, for those who run it or keep its record. */
function ConcludingActs({ room, who, nameOf }: ConcludingActsProps) {
  const t = useText();
  const [asking, setAsking] = useState<Asking>(null);
  const done = () => setAsking(null);
  const { signing } = room;
  const may = (step: (typeof STEPS)[number]) => guardStep(room, who, step).ok;
  const isComplete = signing !== undefined && unsignedOf(signing).length === 0;
  return (
    <>
      {may('settleText') ? (
        <Button kind="main" isSmall onClick={() => setAsking('settle')}>
          {t('room:concluding.settle')}
        </Button>
      ) : null}
      {may('adoptOutcome') ? (
        <Button kind={isComplete ? 'main' : 'plain'} isSmall onClick={() => setAsking('adopt')}>
          {t('room:concluding.adopt')}
        </Button>
      ) : null}
      {may('reopenText') ? (
        <Button isSmall onClick={() => setAsking('reopen')}>
          {t('room:concluding.reopen')}
        </Button>
      ) : null}
      {asking === 'settle' ? <SettleDialog room={room} onClose={done} /> : null}
      {asking === 'adopt' && signing !== undefined ? (
        <AdoptDialog signing={signing} nameOf={nameOf} onClose={done} />
      ) : null}
      {asking === 'reopen' && signing !== undefined ? (
        <ReopenDialog signing={signing} onClose={done} />
      ) : null}
    </>
  );
}
