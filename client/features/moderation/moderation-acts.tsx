import { useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { guardOffice, moderationRulesOf } from '../../../core/domain/room/keeping-order.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LevelDialog } from './level-dialog.tsx';

interface ModerationActsProps {
  readonly room: Room;
  readonly who: Who;
}

/** For whoever runs the session: silence for everybody, and whose views are looked at first. */
export function ModerationActs({ room, who }: ModerationActsProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<'silence' | 'level' | null>(null);
  const close = () => setAsking(null);
  if (!guardOffice(room, who, 'moderation:rule').ok) return null;
  const silence = async () => {
    if (await tell(send('silenceAll', {}))) close();
  };
  return (
    <>
      {decide(room, who, { type: 'liftSilence' }).ok ? (
        <ActButton kind="main" isSmall onAct={() => tell(send('liftSilence', {}))}>
          {t('room:moderation.lift')}
        </ActButton>
      ) : null}
      {decide(room, who, { type: 'silenceAll' }).ok ? (
        <Button isSmall onClick={() => setAsking('silence')}>
          {t('room:moderation.silence')}
        </Button>
      ) : null}
      <Button isSmall onClick={() => setAsking('level')}>
        {t('room:moderation.level')}
      </Button>
      <ConfirmDialog
        isOpen={asking === 'silence'}
        title={t('room:moderation.silenceTitle')}
        act={t('room:moderation.silence')}
        onConfirm={silence}
        onClose={close}
      >
        {t('room:moderation.silenceText')}
      </ConfirmDialog>
      {asking === 'level' ? <LevelDialog rules={moderationRulesOf(room)} onClose={close} /> : null}
    </>
  );
}
