import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { LiveText } from './document.ts';
import { createOwners, type Owners } from './owners.ts';
import { createQueue, type Queue } from './queue.ts';

/** How edits get into the log of one text: made when somebody writes, because most texts that are open are only read. */
export type Intake = {
  readonly queue: () => Queue;
  readonly owners: () => Owners;
  /** Nothing is on its way. */
  readonly isIdle: () => boolean;
  /** Takes no more and lets what waits go through, unless storage is away. */
  readonly close: () => Promise<void>;
};

type Deps = {
  readonly documentId: DocumentId;
  readonly text: LiveText;
  readonly documentLog: DocumentLog;
  /** Which beginning of the text this is. */
  readonly generation: number;
  /** Tells other processes up to where the log goes now. */
  readonly announce: (to: number) => void;
  readonly log: Log;
  readonly nowMs: () => number;
};

export function createIntake(deps: Deps): Intake {
  let made: { readonly queue: Queue; readonly owners: Owners } | null = null;
  function all() {
    if (made !== null) return made;
    const owners = createOwners(deps);
    return (made = { owners, queue: createQueue({ ...deps, owners }) });
  }
  return {
    queue: () => all().queue,
    owners: () => all().owners,
    isIdle: () => made === null || made.queue.isIdle(),
    // Also where nobody wrote yet: whoever would write from now on is late.
    close: () => all().queue.close(),
  };
}
