import { useState } from 'react';
import { canBeDone } from '../../../core/domain/room/course.ts';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { waitingIn } from '../../../core/domain/room/waiting.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { LobbyDialog } from './lobby-dialog.tsx';

interface LobbyButtonProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** 候会 with how many wait; whoever looks after the people lets them in. */
export function LobbyButton({ room, who, nameOf }: LobbyButtonProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const waiting = waitingIn(room);
  if (!canBeDone(room.state, 'link:manage') || !guardAct(room, who, 'people:manage').ok) return null;
  const count = waiting.length;
  return (
    <>
      <VisuallyHidden>
        <span role="status">{count === 0 ? '' : t('room:lobby.news', { count })}</span>
      </VisuallyHidden>
      <Button
        kind={count > 0 ? 'main' : 'plain'}
        isSmall
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {count === 0 ? t('room:lobby.open') : t('room:lobby.openCount', { count })}
      </Button>
      {isOpen ? (
        <LobbyDialog room={room} waiting={waiting} nameOf={nameOf} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
