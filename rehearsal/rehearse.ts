import { randomUUID } from 'node:crypto';
import { chairIn } from '../core/domain/scenarios/casting.ts';
import { finding, type Finding } from '../core/domain/scenarios/happened.ts';
import type { Scenario } from '../core/domain/scenarios/scenario.ts';
import { scriptOf } from '../core/domain/scenarios/script.ts';
import { castPlayers, refusalOf, signInAdmin, type Admin } from './cast.ts';
import { examine } from './examine.ts';
import type { Options } from './options.ts';
import { play, type Playing } from './play.ts';
import type { Ear } from './ear.ts';

/** What came of playing one scenario. */
export type Report = {
  readonly scenario: string;
  readonly title: string;
  readonly sessionId: string | null;
  readonly findings: readonly Finding[];
  readonly agrees: boolean;
  readonly seconds: number;
  readonly commands: number;
  /** Half of the commands were acknowledged within this many milliseconds, and 95 in 100. */
  readonly ackP50Ms: number;
  readonly ackP95Ms: number;
};

/** Plays scenarios one after the other, each in a session of its own. */
export async function rehearse(
  scenarios: readonly Scenario[],
  options: Options,
  told: (note: string) => void,
): Promise<Report[]> {
  const admin = await signInAdmin(options, told);
  const reports: Report[] = [];
  for (const scenario of scenarios) reports.push(await rehearseOne(scenario, { admin, options, told }));
  return reports;
}

type Stage = { readonly admin: Admin; readonly options: Options; readonly told: (note: string) => void };

async function rehearseOne(scenario: Scenario, { admin, options, told }: Stage): Promise<Report> {
  const started = performance.now();
  const findings: Finding[] = [];
  const acknowledged: number[] = [];
  let ears: ReadonlyMap<string, Ear> = new Map();
  let sessionId: string | null = null;
  told(`${scenario.id}: ${scenario.title}`);
  const chair = chairIn(scenario);
  if (chair === null) findings.push(finding('chair', 'somebody with an account', 'only guests come'));
  else {
    const scope = `rehearsal/${randomUUID()}`;
    const script = scriptOf(scenario, scope, chair);
    try {
      const cast = await castPlayers(admin, { scenario, script, scope, chair, options, told });
      sessionId = script.plan.id;
      findings.push(...cast.findings);
      const playing: Playing = {
        scenario,
        script,
        scope,
        chair,
        cast,
        pace: options.pace,
        told,
        findings,
        acknowledged,
      };
      ears = await play(playing);
      const reader = cast.players.get(chair)?.browser ?? admin.browser;
      findings.push(...(await examine(playing, reader, ears)));
    } catch (error) {
      findings.push(refusalOf(sessionId === null ? 'planning the session' : 'reading the archive', error));
    } finally {
      for (const ear of ears.values()) ear.close();
    }
  }
  return {
    scenario: scenario.id,
    title: scenario.title,
    sessionId,
    findings,
    agrees: findings.every((one) => one.agrees),
    seconds: Math.round(performance.now() - started) / 1_000,
    commands: acknowledged.length,
    ackP50Ms: quantile(acknowledged, 0.5),
    ackP95Ms: quantile(acknowledged, 0.95),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
}
