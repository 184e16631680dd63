import { expectNoSeriousViolations } from '../support/axe.ts';
import { openTab } from '../support/room-acts.ts';
import { expectFits, expectMeets } from '../support/fit.ts';
import { shoot, shootForReadme } from '../support/shots.ts';
import type { Moments } from './moments.ts';
import { firstAs, pageOf, type Stage } from './stage.ts';

const deskOf = (stage: Stage) => pageOf(stage, stage.chair);
const phoneOf = (stage: Stage) => firstAs(stage, 'stakeholder').page;
/** The resident with 长辈版. */
const largeOf = (stage: Stage) => firstAs(stage, 'resident').page;

/** Nobody is shut out of it, nothing of it is cut, every finger meets it: on a phone as it comes, and in 长辈版. */
async function judgePhones(stage: Stage, state: string): Promise<void> {
  for (const [look, page] of [['as it comes', phoneOf(stage)] as const, ['large', largeOf(stage)] as const]) {
    await expectNoSeriousViolations(page, `${state}, ${look}`);
    await expectFits(page, `${state}, ${look}`);
    await expectMeets(page, `${state}, ${look}`);
    await shoot(page, `${state.replaceAll(' ', '-')}-${look === 'large' ? 'large' : 'phone'}`);
  }
}

/** How a whole meeting looks on a desk and on a phone, and whether anybody is shut out of it. */
export const LOOKS: Moments = {
  speaking: (stage) => judgePhones(stage, 'the talk'),
  voting: async (stage, vote) => {
    if (vote !== stage.scenario.votes[0]) return;
    await judgePhones(stage, 'an open poll');
  },
  counted: async (stage) => {
    await expectNoSeriousViolations(deskOf(stage), 'the results of the polls');
    await shoot(deskOf(stage), 'polls-desk');
    await judgePhones(stage, 'the results');
  },
  whole: async (stage) => {
    await judgePhones(stage, 'the text');
    for (const page of [phoneOf(stage), largeOf(stage)]) await openTab(page, '意见');
    await shootForReadme(deskOf(stage));
    await shoot(deskOf(stage), 'room-desk');
    await expectNoSeriousViolations(deskOf(stage), 'the room at a desk');
    await judgePhones(stage, 'the room');
  },
  adopted: async (stage) => {
    await expectNoSeriousViolations(deskOf(stage), 'a room that is closed');
    await judgePhones(stage, 'a closed room');
  },
  recorded: async (stage) => {
    await expectNoSeriousViolations(deskOf(stage), 'the archive');
    await shoot(deskOf(stage), 'archive-desk');
  },
};
