import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';

export type PublishingAct = 'asked' | 'released' | 'withdrawn';

type Done = { readonly act: PublishingAct; readonly isMine: boolean };

/**
 * Whether this can be done about a public page now: asked for while nobody has, released by another person than the one who asked,
 * withdrawn while it is asked for or released [PP1]. The page's buttons ask the same.
 */
export function guardPublishing(acts: readonly Done[], act: PublishingAct): Result<null, Refusal> {
  const last = acts[acts.length - 1];
  const stands = last === undefined ? 'withdrawn' : last.act;
  if (act === 'asked') return stands === 'withdrawn' ? ok(null) : refuse('PAGE_ELSEWHERE');
  if (act === 'withdrawn') return stands === 'withdrawn' ? refuse('PAGE_ELSEWHERE') : ok(null);
  if (stands !== 'asked') return refuse('PAGE_ELSEWHERE');
  return last?.isMine === true ? refuse('PAGE_BY_ANOTHER') : ok(null);
}
