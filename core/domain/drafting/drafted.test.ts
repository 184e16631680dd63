import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScript, arbitraryTalk, runSteps } from '../../testing/arbitrary.ts';
import { arbitraryCuratingScript } from '../../testing/arbitrary-curating.ts';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { arbitraryPollScript } from '../../testing/arbitrary-poll-life.ts';
import { arbitraryQuestionScript } from '../../testing/arbitrary-questions.ts';
import { arbitraryVotingScript } from '../../testing/arbitrary-voting.ts';
import { ADMIN, table } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { citedKey } from '../citation.ts';
import { ParticipantId, PersonId } from '../ids.ts';
import { Participant } from '../people.ts';
import { standingOf } from '../room/cited.ts';
import { groupOf } from '../room/groups.ts';
import { roomSeenBy } from '../room/seen-by.ts';
import type { Room } from '../room/state.ts';
import { chairIn } from '../scenarios/casting.ts';
import { namingOf } from '../scenarios/names.ts';
import { readScenarios } from '../scenarios/scenario.ts';
import { scriptOf } from '../scenarios/script.ts';
import { sentencesIn } from '../sentences.ts';
import { publishedPolls } from './asked.ts';
import { draftFrom } from './drafted.ts';
import { asOneSentence, type DraftLine } from './lines.ts';

const seed = freshSeed();
const anyScript = fc.oneof(
  arbitraryScript,
  arbitraryTalk,
  arbitraryCuratingScript,
  arbitraryPollScript,
  arbitraryQuestionScript,
  arbitraryVotingScript,
);

const linesOf = (lines: readonly DraftLine[], part: DraftLine['part']) =>
  lines.filter((line) => line.part === part);
const timesCited = (lines: readonly DraftLine[], key: string) =>
  lines.flatMap(({ evidence }) => evidence).filter((one) => citedKey(one) === key).length;

/** What a draft must have, of whatever room it is. */
function holds(room: Room): void {
  const lines = draftFrom(room);
  // Whoever runs the session reads more; what is drafted is what everybody reads.
  expect(draftFrom(roomSeenBy(room, 'chair'))).toEqual(draftFrom(roomSeenBy(room, 'room')));
  for (const { evidence } of lines)
    for (const cited of evidence) expect(standingOf(room, cited)).toMatchObject({ how: 'here' });
  const opinions = linesOf(lines, 'opinions');
  for (const { id, keyPoint } of room.views) {
    const stands = standingOf(room, { kind: 'view', id }).how === 'here';
    const isTaken = keyPoint !== undefined || room.replies.some(({ toViews }) => toViews.includes(id));
    const times = timesCited(opinions, citedKey({ kind: 'view', id }));
    const lead = standingOf(room, { kind: 'view', id: groupOf(room, id)[0] });
    if (stands && isTaken && lead.how === 'here') expect(times).toBe(1);
    else expect(times).toBeLessThanOrEqual(stands ? 1 : 0);
  }
  for (const { draft } of publishedPolls(room)) {
    const mine = lines.filter(({ said }) => said.say === 'poll' && said.poll.draft.id === draft.id);
    const paragraphs = lines.filter(
      ({ said, evidence }) => said.say === 'paragraph' && evidence.some(({ id }) => id === draft.id),
    );
    expect(mine.length === 1 || (mine.length === 0 && paragraphs.length > 0)).toBe(true);
  }
  for (const part of ['opinions', 'consensus', 'differences', 'responses'] as const)
    for (const { evidence } of linesOf(lines, part)) expect(evidence).not.toEqual([]);
  const objects = opinions.some(({ said }) => said.say === 'view' && said.stance === 'oppose');
  if (objects) expect(linesOf(lines, 'differences')).not.toEqual([]);
}

describe(`a text that is begun from the record (seed ${seed})`, () => {
  it('covers every view that was taken up and every poll that counts, once, and only what everybody reads [O14]', () => {
    fc.assert(
      fc.property(anyScript, (script) => holds(runSteps(script).room)),
      { seed, numRuns: 120 },
    );
    fc.assert(
      fc.property(arbitraryModerated, (script) => holds(runSteps(script).room)),
      { seed, numRuns: 60 },
    );
  });

  it('says each thing in one sentence, whatever people wrote [O14]', () => {
    const words = fc
      .array(
        fc.constantFrom('好', '。', '？', '!', '”', '…', '3.5', '. ', 'It works', '\n', '；', ')', '，'),
        {
          maxLength: 30,
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, (said) => {
        expect(sentencesIn(`委员：${asOneSentence(said)}。`).length).toBe(1);
      }),
      { seed, numRuns: 500 },
    );
    expect(asOneSentence('一是错峰。二是增设护学岗！')).toBe('一是错峰；二是增设护学岗');
    expect(Array.from(asOneSentence('长'.repeat(999)))).toHaveLength(160);
  });
});

const folder = new URL('../../../prisma/seed/scenarios/', import.meta.url);
const scenarios = readdirSync(folder).flatMap((name) => {
  const read = readScenarios(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  return read.ok ? read.scenarios : [];
});

describe('the seven meetings of the demo', () => {
  it.each(scenarios.map((scenario) => [scenario] as const))(
    'the draft of $id covers every view, reply, poll and task of it [O14]',
    (scenario) => {
      const names = namingOf('x', scenario.id);
      const { plan, scenes } = scriptOf(scenario, 'x', chairIn(scenario) ?? '');
      const t = table();
      t.must(ADMIN, { type: 'planSession', plan });
      const idOf = (person: string) => ParticipantId.parse(names('participant', person));
      const chairId = idOf(chairIn(scenario) ?? '');
      for (const person of scenario.participants)
        t.must(ADMIN, {
          type: 'addParticipant',
          participant: Participant.parse({
            id: idOf(person.id),
            role: idOf(person.id) === chairId ? 'host' : person.role,
            name: person.displayName,
            affiliation: person.org,
            venueId: plan.venues[0]?.id,
            isGuest: false,
          }),
          personId: PersonId.parse(names('person', person.id)),
        });
      const host = { kind: 'participant', id: chairId } as const;
      t.must(host, { type: 'enterRoom' });
      for (const person of scenario.participants)
        if (idOf(person.id) !== chairId)
          t.must({ kind: 'participant', id: idOf(person.id) }, { type: 'enterRoom' });
      t.must(host, { type: 'openSession', why: '测试' });
      for (const [n, { acts, itemId }] of scenes.entries()) {
        if (n > 0) t.must(host, { type: 'moveAgenda', itemId });
        for (const act of acts)
          if (act.type === 'command') t.must({ kind: 'participant', id: idOf(act.by) }, act.command);
      }
      const room = t.room();
      const lines = draftFrom(room);
      holds(room);
      expect(room.views).toHaveLength(scenario.views.length);
      const opinions = linesOf(lines, 'opinions');
      for (const { id } of room.views) expect(timesCited(opinions, `view ${id}`)).toBe(1);
      expect(linesOf(lines, 'responses')).toHaveLength(scenario.departmentReplies.length);
      expect(publishedPolls(room)).toHaveLength(scenario.votes.length);
      expect(linesOf(lines, 'tasks')).toHaveLength(scenario.followUps.length);
    },
  );
});
