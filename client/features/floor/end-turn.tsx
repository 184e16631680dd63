import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

interface EndTurnProps {
  readonly isSmall?: boolean;
}

/** Giving one's own turn back: asked first, for it stands where a moment ago one asked for the floor. */
export function EndTurn({ isSmall = false }: EndTurnProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isAsking, setAsking] = useState(false);
  const end = async () => {
    if (await tell(send('endFloor', {}))) setAsking(false);
  };
  return (
    <>
      <Button isSmall={isSmall} onClick={() => setAsking(true)}>
        {t('room:floor.end')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:floor.endTitle')}
        act={t('room:floor.end')}
        isDangerous={false}
        onConfirm={end}
        onClose={() => setAsking(false)}
      >
        {t('room:floor.endText')}
      </ConfirmDialog>
    </>
  );
}
