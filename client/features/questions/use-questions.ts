import { useText } from '../../lib/i18n.ts';
import { unitOf } from '../../room/fate.ts';
import type { LiveState } from '../../room/live-room.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';

/** The parts of a room that say what becomes of a question, and who looks. */
function partOf({ room, participantId, clockOffsetMs }: LiveState) {
  const { questions, participants, state, hostId, currentItemId, moderation } = room;
  const { silence, muted } = moderation ?? {};
  return {
    questions,
    participants,
    state,
    hostId,
    currentItemId,
    silence,
    muted,
    me: participantId,
    clockOffsetMs,
  };
}

/** The room as far as questions go; what else happens in it draws nothing anew. */
export function useQuestions() {
  const t = useText();
  const store = useRoomStore();
  const { me, clockOffsetMs } = useRoomState(partOf);
  const { who } = useHats();
  const { room } = store.state();
  return { room, who, me, clockOffsetMs, departmentName: (to: string) => unitOf(t, room, to) };
}

/** An act without an answer for so long waits in the outbox: the form has done its part. */
const PATIENCE_MS = 3_000;

/** Whether an act was taken, or waits to be; false when it was refused. */
export async function taken(sending: Promise<boolean>): Promise<boolean> {
  return await Promise.race([
    sending,
    new Promise<true>((resolve) => {
      setTimeout(() => resolve(true), PATIENCE_MS);
    }),
  ]);
}
