import { expectNoSeriousViolations } from '../support/axe.ts';
import { openTab } from '../support/room-acts.ts';
import { shoot, shootForReadme } from '../support/shots.ts';
import type { Moments } from './moments.ts';
import { firstAs, pageOf, type Stage } from './stage.ts';

const deskOf = (stage: Stage) => pageOf(stage, stage.chair);
const phoneOf = (stage: Stage) => firstAs(stage, 'resident').page;

/** How a whole meeting looks on a desk and on a phone, and whether anybody is shut out of it. */
export const LOOKS: Moments = {
  voting: async (stage, vote) => {
    if (vote !== stage.scenario.votes[0]) return;
    await expectNoSeriousViolations(phoneOf(stage), 'a phone with an open poll');
  },
  counted: async (stage) => {
    await expectNoSeriousViolations(deskOf(stage), 'the results of the polls');
    await shoot(deskOf(stage), 'polls-desk');
    await shoot(phoneOf(stage), 'polls-phone');
  },
  whole: async (stage) => {
    await shoot(phoneOf(stage), 'text-phone');
    await openTab(phoneOf(stage), '意见');
    await shootForReadme(deskOf(stage));
    await shoot(deskOf(stage), 'room-desk');
    await shoot(phoneOf(stage), 'room-phone');
    await expectNoSeriousViolations(deskOf(stage), 'the room at a desk');
    await expectNoSeriousViolations(phoneOf(stage), 'the room on a phone');
  },
  adopted: (stage) => expectNoSeriousViolations(deskOf(stage), 'a room that is closed'),
  recorded: async (stage) => {
    await expectNoSeriousViolations(deskOf(stage), 'the archive');
    await shoot(deskOf(stage), 'archive-desk');
  },
};
