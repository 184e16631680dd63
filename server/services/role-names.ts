import type { JoinableRole } from '../../core/domain/people.ts';

/**
 * How the room calls a guest who gave no name, before their number. Data, not interface: it becomes part of the
 * record of the session, in the language of the session, and is never translated for a reader.
 */
export const GUEST_NAMES: Readonly<Record<JoinableRole, string>> = {
  resident: '群众代表',
  stakeholder: '利益相关方',
  expert: '专家',
  observer: '旁听',
};
