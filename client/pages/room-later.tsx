import { guardAct } from '../../core/domain/room/guards.ts';
import type { Act } from '../../core/domain/people.ts';
import { part } from '../ui/part.tsx';
import type { RoomView } from './use-room-view.ts';

// What a room needs behind its first picture. On a phone a tab away; a wide page, which shows it at once, waits for it.

const more = () => import('./room-more.tsx');
const behind = { of: 'everybody', waiting: 'patiently' } as const;
const lines = { of: 'everybody', waiting: 'lines' } as const;
export const AgendaSide = part(async () => (await more()).AgendaSide, lines);
export const PollsSide = part(async () => (await more()).PollsSide, lines);
export const MaterialsSide = part(async () => (await more()).MaterialsSide, lines);
export const TextSide = part(async () => (await more()).TextSide, lines);
export const OutcomeSide = part(async () => (await more()).RoomOutcome, lines);
export const TasksSide = part(async () => (await more()).TasksSide, lines);
export const ComposerSide = part(async () => (await more()).RoomComposer, lines);

export const MyModerationSide = part(async () => (await more()).MyModerationPanel, { of: 'everybody' });

export const NotesButton = part(async () => (await more()).NotesButton, behind);
export const ShortcutsButton = part(
  async () => (await import('../features/shortcuts/shortcuts-button.tsx')).ShortcutsButton,
  { of: 'desk' },
);
export const AnswerBar = part(async () => (await more()).AnswerBar, behind);
export const SignCall = part(async () => (await more()).SignCall, behind);
export const Announcer = part(async () => (await more()).RoomAnnouncer, behind);
export const QueueSide = part(
  async () => (await import('../features/moderation/queue-panel.tsx')).QueuePanel,
  { of: 'desk' },
);
/** What leads a session, for those who do. */
export const RoomDesk = part(async () => (await import('./room-desk.tsx')).RoomDesk, { of: 'desk' });

const DESK: readonly Act[] = [
  'session:plan',
  'session:approve',
  'session:run',
  'collecting:extend',
  'people:manage',
  'link:manage',
  'view:curate',
  'view:moderate',
  'question:answer',
  'screen:show',
  'material:manage',
  'text:settle',
  'task:record',
];

/** Whether somebody does anything here beside taking part: what that takes is fetched for them only. */
export function isAtDesk({ room, who, office }: Pick<RoomView, 'room' | 'who' | 'office'>): boolean {
  return office !== null || DESK.some((act) => guardAct(room, who, act).ok);
}
