import type { z } from 'zod';
import type { ParticipantId } from './ids.ts';
import { KeptFile } from './files.ts';
import { LIMITS } from './limits.ts';
import { line } from './text.ts';

/** Something to be read beside a session, as it is added: a file that was sent before, and what it is called. */
export const MaterialDraft = KeptFile.extend({ title: line(LIMITS.titleLength) });
export type MaterialDraft = z.infer<typeof MaterialDraft>;

/** A material in the room. title is '' when it was erased on request. */
export type Material = Omit<MaterialDraft, 'title'> & {
  readonly title: string;
  readonly by: ParticipantId | 'office';
  readonly at: string;
  /** Taken out again: it stays in the list, and nobody is given its file any more [Y2]. */
  readonly withdrawn?: { readonly by: ParticipantId | 'office'; readonly at: string };
};
