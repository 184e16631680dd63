import { useState } from 'react';
import type { FloorOverride } from '../../../core/domain/floor.ts';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import { overridesFor } from '../../../core/domain/room/floor.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { deviceNow } from '../../lib/early.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { ButtonProps } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

export interface GiveFloorProps extends Pick<ButtonProps, 'kind' | 'children' | 'aria-label'> {
  readonly room: Room;
  readonly to: ParticipantId;
  readonly name: string;
  readonly clockOffsetMs: number;
}

/** Gives somebody the floor. What it would go beyond of the rules is said and asked first, and then kept [F8]. */
export function GiveFloor({ room, to, name, clockOffsetMs, ...button }: GiveFloorProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [beyond, setBeyond] = useState<readonly FloorOverride[]>([]);
  const give = async (overrides: readonly FloorOverride[]) => {
    const meant = overrides.length === 0 ? {} : { overrides: [...overrides] };
    return await tell(send('giveFloor', { body: { participantId: to, ...meant } }));
  };
  const act = async () => {
    const at = new Date(deviceNow() + clockOffsetMs).toISOString();
    const overrides = overridesFor(room, to, at);
    if (overrides.length > 0) setBeyond(overrides);
    else await give([]);
  };
  return (
    <>
      <ActButton isSmall {...button} onAct={act} />
      <ConfirmDialog
        isOpen={beyond.length > 0}
        title={t('room:floor.beyondTitle', { name })}
        act={t('room:floor.beyondGive')}
        isDangerous={false}
        onConfirm={async () => {
          if (await give(beyond)) setBeyond([]);
        }}
        onClose={() => setBeyond([])}
      >
        {beyond.map((override) => (
          <p key={override}>{t(`room:floor.beyond.${override}`)}</p>
        ))}
        <p>{t('room:floor.beyondKept')}</p>
      </ConfirmDialog>
    </>
  );
}
