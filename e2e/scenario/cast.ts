import { expect, type Page } from '@playwright/test';
import type { DemoPerson } from '../../prisma/seed/people.ts';
import { expectInRoom } from '../support/park.ts';
import { giveName, signIn, signInQuietly } from '../support/people.ts';
import type { Devices } from './devices.ts';
import { approve, makeCodes, plan } from './planning.ts';
import { everybody, pageOf, playerOf, type Stage } from './stage.ts';

/** From an empty desk to everybody in the room: planned, approved by the second person, codes made, all come in. */
export async function bringEverybody(stage: Stage, devices: Devices, office: Office): Promise<string> {
  const { people, players, convener, scenario } = stage;
  await sitDown(stage, devices, convener);
  const path = await plan(stage);
  await approve(stage, office.page, office.url);
  const guests = [...people.values()].flatMap(({ linkRole }) => linkRole ?? []);
  const codes = await makeCodes(playerOf(stage, convener), new Set(guests));
  for (const id of people.keys()) if (id !== convener) await sitDown(stage, devices, id);
  await everybody(players.values(), async ({ person, page, context, url }) => {
    if (person.fileId === convener) return;
    if (person.linkRole === null) await page.goto(`${url}${path}`);
    else {
      await page.goto(`${url}${codes.get(person.linkRole)}`);
      if (stage.otherwise.get(person.fileId) === 'large')
        await page.getByRole('button', { name: '长辈版' }).click();
      await giveName({ context, page }, { name: person.name, venue: venueOf(stage, person) });
    }
    await expectInRoom(page);
  });
  expect(players.size).toBe(scenario.checks.participants);
  return path;
}

/** The page of whoever approves, which stays where it is from one meeting to the next. */
export type Office = { readonly page: Page; readonly url: string };

/** Residents and stakeholders come with a phone and no account; the others sign in at a desk. */
async function sitDown(stage: Stage, devices: Devices, id: string): Promise<void> {
  const person = stage.people.get(id);
  if (person === undefined) throw new Error(`nobody is ${id}`);
  const usual = person.login === null ? 'phone' : 'desk';
  const device = await devices.take(stage.otherwise.get(id) ?? usual);
  if (id === stage.convener) {
    await signIn(device, device.url, person.login ?? '');
    await expect(device.page).not.toHaveURL(/sign-in/);
  } else if (person.login !== null) await signInQuietly(device, device.url, person.login);
  stage.players.set(id, { ...device, person });
}

function venueOf({ scenario }: Stage, { venue }: DemoPerson): string {
  return scenario.venues.find(({ id }) => id === venue)?.name ?? '';
}

/** The chair opens the meeting, and everybody sees it. */
export async function open(stage: Stage): Promise<void> {
  const chair = pageOf(stage, stage.chair);
  await chair.getByRole('button', { name: '开始会议' }).click();
  await chair.getByRole('dialog').getByRole('button', { name: '开始会议' }).click();
  for (const { page } of stage.players.values())
    await expect(page.getByText('协商中', { exact: true }).first()).toBeVisible();
}
