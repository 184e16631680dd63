import { postingNow } from '../../../core/domain/room/posting.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isLive } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';

interface PostingNoteProps {
  readonly room: Room;
  readonly className: string | undefined;
}

/** Says that not everything may be posted now; nothing while it may. */
export function PostingNote({ room, className }: PostingNoteProps) {
  const t = useText();
  const posting = postingNow(room);
  if (!isLive(room.state) || posting === 'all') return null;
  return (
    <p className={className} data-tone="warn">
      {t(`room:agenda.open.${posting}`)}
    </p>
  );
}
