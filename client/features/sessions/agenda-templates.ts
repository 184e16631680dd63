import type { AgendaPlan } from '../../../core/domain/sessions.ts';

type Item = Pick<AgendaPlan, 'kind' | 'speakerRole' | 'minutes'>;

/** Agendas to choose from; titles are the names of the kinds. */
export const AGENDA_TEMPLATES = {
  full: [
    { kind: 'opening', speakerRole: 'host', minutes: 5 },
    { kind: 'briefing', speakerRole: 'department', minutes: 10 },
    { kind: 'member_speech', speakerRole: 'member', minutes: 20 },
    { kind: 'public_speech', speakerRole: 'resident', minutes: 15 },
    { kind: 'exchange', speakerRole: 'any', minutes: 25 },
    { kind: 'response', speakerRole: 'department', minutes: 15 },
    { kind: 'poll', speakerRole: 'any', minutes: 10 },
    { kind: 'drafting', speakerRole: 'recorder', minutes: 15 },
    { kind: 'closing', speakerRole: 'host', minutes: 5 },
  ],
  micro: [
    { kind: 'opening', speakerRole: 'host', minutes: 5 },
    { kind: 'exchange', speakerRole: 'any', minutes: 25 },
    { kind: 'poll', speakerRole: 'any', minutes: 10 },
    { kind: 'closing', speakerRole: 'host', minutes: 5 },
  ],
  reply: [
    { kind: 'opening', speakerRole: 'host', minutes: 5 },
    { kind: 'briefing', speakerRole: 'department', minutes: 15 },
    { kind: 'exchange', speakerRole: 'any', minutes: 25 },
    { kind: 'response', speakerRole: 'department', minutes: 20 },
    { kind: 'drafting', speakerRole: 'recorder', minutes: 10 },
    { kind: 'closing', speakerRole: 'host', minutes: 5 },
  ],
} as const satisfies Record<string, readonly Item[]>;
export type TemplateName = keyof typeof AGENDA_TEMPLATES;
export const TEMPLATE_NAMES = ['full', 'micro', 'reply'] as const satisfies readonly TemplateName[];

export function minutesOf(name: TemplateName): number {
  return AGENDA_TEMPLATES[name].reduce((total, item) => total + item.minutes, 0);
}
