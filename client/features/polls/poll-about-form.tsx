import { votersOf } from '../../../core/domain/room/electorate.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { topicsIn } from '../../room/polls/about-words.ts';
import { useRoomState, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { countableIn } from './countable.ts';
import { PollFormFields } from './poll-form-fields.tsx';

/** A poll about a view is prepared. It says what it is about in words that bring all of the counting with them. */
export function PollAboutForm({ view, onClose }: { readonly view: View; readonly onClose: () => void }) {
  const t = useText();
  const send = useSend();
  const run = useTell();
  const room = useRoomState((state) => state.room);
  const about = { what: 'view', viewId: view.id } as const;
  const nameHere = (id: string) => nameOf(t, room.participants, id);
  return (
    <PollFormFields
      about={about}
      topics={topicsIn(t, room, about, nameHere)}
      votersOf={({ rules }) => votersOf(room, rules)}
      countable={countableIn(room, nameHere)}
      onSave={(poll) => run(send('preparePoll', { body: poll }))}
      onCancel={onClose}
    />
  );
}
