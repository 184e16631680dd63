import { useState } from 'react';
import type { FloorOverride } from '../../../core/domain/floor.ts';
import { overridesFor } from '../../../core/domain/room/floor.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { venueOverrides } from '../../../core/domain/room/venue-floor.ts';
import { deviceNow } from '../../lib/early.ts';
import { useText } from '../../lib/i18n.ts';
import type { FloorTarget } from '../../room/holder-name.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { ButtonProps } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

export interface GiveFloorProps extends Pick<ButtonProps, 'kind' | 'children' | 'aria-label'> {
  readonly room: Room;
  readonly to: FloorTarget;
  readonly name: string;
  readonly clockOffsetMs: number;
}

/** Gives somebody, or a venue, the floor. What it would go beyond of the rules is said and asked first, and then kept [F8]. */
export function GiveFloor({ room, to, name, clockOffsetMs, ...button }: GiveFloorProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [beyond, setBeyond] = useState<readonly FloorOverride[]>([]);
  const give = async (overrides: readonly FloorOverride[]) => {
    const meant = overrides.length === 0 ? {} : { overrides: [...overrides] };
    return await tell(
      typeof to === 'string'
        ? send('giveFloor', { body: { participantId: to, ...meant } })
        : send('giveVenueFloor', { params: to, body: meant }),
    );
  };
  const act = async () => {
    const at = new Date(deviceNow() + clockOffsetMs).toISOString();
    const overrides = typeof to === 'string' ? overridesFor(room, to, at) : venueOverrides(room, to.venueId);
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
