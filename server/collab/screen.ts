import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { LiveText } from './document.ts';
import { judge, type ReadUpdate, type Verdict } from './guard.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import { createOwners } from './owners.ts';

type Screened = { readonly from: { readonly authorId: ParticipantId }; readonly update: ReadUpdate };

const FOREIGN: Verdict = { kind: 'malformed', why: 'client id of somebody else' };

/**
 * Judges batches of one document on their way into its log: each update after those before it, and new structs only
 * under client ids of its author [W4]. Reads the log once when something seems to be missing. Throws when storage is away.
 */
export function createScreen(deps: {
  readonly documentId: DocumentId;
  readonly text: LiveText;
  readonly documentLog: Pick<DocumentLog, 'claimClients'>;
}): <Entry extends Screened>(entries: readonly Entry[]) => Promise<Map<Entry, Verdict>> {
  const { text } = deps;
  const owners = createOwners(deps);

  async function judgeOwned({ from, update }: Screened, horizon: Horizon): Promise<Verdict> {
    const verdict = judge(update, horizon);
    if (verdict.kind !== 'fresh') return verdict;
    await owners.claim(from.authorId, verdict.clients);
    return owners.isForeign(from.authorId, verdict.clients) ? FOREIGN : verdict;
  }

  return async (entries) => {
    const verdicts = new Map<(typeof entries)[number], Verdict>();
    let isCaughtUp = false;
    let horizon = createHorizon(text.doc);
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const verdict = await judgeOwned(entry, horizon);
      if ((verdict.kind === 'gap' || verdict === FOREIGN) && !isCaughtUp) {
        // Another process may be ahead of this one: then it is not the writer who is wrong.
        isCaughtUp = true;
        await text.catchUp();
        horizon = createHorizon(text.doc);
        index = -1;
        continue;
      }
      verdicts.set(entry, verdict);
      if (verdict.kind === 'fresh') horizon.take(entry.update.structs);
    }
    return verdicts;
  };
}
