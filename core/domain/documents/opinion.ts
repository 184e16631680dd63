import { readCitations, type Sentence } from '../citing.ts';
import { placesOf } from '../cited-places.ts';
import type { Poll } from '../polls/poll.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { standingOf } from '../room/cited.ts';
import type { Reply, View } from '../views.ts';
import { noteOf } from './notes.ts';
import { chinaDate, chineseNumber } from './numbers.ts';
import { meetingAt, oneLine } from './parts.ts';
import { pollWords } from './poll-words.ts';
import { createBody, type Body, type DocumentRecord } from './record.ts';
import { point, viewsOf } from './said.ts';
import { heading, paragraph, wordsOf, type Block, type Matter, type Run } from './tree.ts';
import { COMMITMENT_WORDS, shortened, STANCE_WORDS, unitOf, calledIn } from './words.ts';

/** Of one matter so many characters, blanks and footnotes not counted. */
export const OPINION_LETTERS = 1_500;
/** So many views stand in the list of matters; any other is asked for by its id. */
const MOST_LISTED = 100;

type Sealed = Pick<DocumentRecord, 'room' | 'outcome' | 'sealedAt'>;
type About = {
  readonly called: string;
  readonly views: readonly View[];
  readonly replies: readonly Reply[];
  readonly polls: readonly Poll[];
  readonly sentences: readonly Sentence[];
};

/** What a 社情民意信息 can be about: what was agreed, then views that answer none, key points first [DO9]. */
export function mattersOf({ room, outcome }: Pick<Sealed, 'room' | 'outcome'>) {
  const agreed = agreedSentences(outcome).map(({ number, words }) => ({
    matter: `sentence:${number}`,
    words: shortened(words, 40),
  }));
  const views = viewsOf(room, (stance) => stance !== 'question').filter(({ replyTo }) => replyTo === null);
  const said = views.slice(0, MOST_LISTED).map((view) => ({
    matter: `view:${view.id}`,
    words: `${calledIn(room, view.by)}：${shortened(view.text, 40)}`,
  }));
  return [...agreed, ...said];
}

/**
 * 社情民意信息: one matter, with what was said to it, answered, voted and agreed on, in 1 500 characters at most [DO9].
 * DOCUMENT_MATTER_UNKNOWN where there is no such matter, or its view is not read any more; DOCUMENT_TOO_LONG.
 */
export function opinionOf(record: Sealed, matter: Matter | null): Result<Body, Refusal> {
  const about = matter === null ? null : aboutOf(record, matter);
  if (about === null) return refuse('DOCUMENT_MATTER_UNKNOWN');
  const body = bodyOf(record, about);
  const letters = lettersOf(body);
  if (letters > OPINION_LETTERS) return refuse('DOCUMENT_TOO_LONG', { letters, most: OPINION_LETTERS });
  return ok(body);
}

function agreedSentences(outcome: Sealed['outcome']): readonly Sentence[] {
  return readCitations(outcome).sentences.filter(({ isConsensus }) => isConsensus);
}

function aboutOf({ room, outcome }: Sealed, matter: Matter): About | null {
  const [kind, id = ''] = matter.split(':');
  if (kind === 'view') {
    const { held, why } = standingOf(room, { kind: 'view', id });
    if (held?.kind !== 'view' || why !== null) return null;
    const views = threadOf(
      held.it,
      viewsOf(room, () => true),
    );
    const ids = new Set<string>(views.map((view) => view.id));
    return {
      called: held.it.text,
      views,
      replies: room.replies.filter(({ toViews, text }) => text !== '' && toViews.some((to) => ids.has(to))),
      polls: [],
      sentences: placesOf(readCitations(outcome), { kind: 'view', id: held.it.id }).filter(
        ({ isConsensus }) => isConsensus,
      ),
    };
  }
  const sentence = agreedSentences(outcome).find(({ number }) => number === Number(id));
  if (sentence === undefined) return null;
  const held = sentence.citations.flatMap(({ citation }) => {
    const standing = standingOf(room, citation);
    return standing.held === null || standing.why !== null ? [] : [standing.held];
  });
  return {
    called: sentence.words,
    views: held.flatMap((one) => (one.kind === 'view' ? [one.it] : [])),
    replies: held.flatMap((one) => (one.kind === 'reply' ? [one.it] : [])),
    polls: held.flatMap((one) => (one.kind === 'poll' ? [one.it] : [])),
    sentences: [sentence],
  };
}

/** A view and what was said to it, and to that, in the order of the log. */
function threadOf(root: View, all: readonly View[]): readonly View[] {
  const ids = new Set<string>([root.id]);
  const inOrder = [...all].sort((a, b) => a.seq - b.seq);
  const answers = inOrder.filter(({ id, replyTo }) => {
    if (replyTo === null || !ids.has(replyTo)) return false;
    ids.add(id);
    return true;
  });
  return [root, ...answers];
}

function bodyOf(record: Sealed, { called, views, replies, polls, sentences }: About): Body {
  const { room } = record;
  const body = createBody();
  const noted = (words: string, cited: Parameters<typeof noteOf>[1]): Run[] => [
    { words },
    { note: body.note(noteOf(room, cited)) },
  ];
  const isAsked = ({ stance }: View) => stance === 'suggestion';
  const viewRuns = (view: View) =>
    noted(`${STANCE_WORDS[view.stance]}：${oneLine(view.text)}`, { kind: 'view', id: view.id });
  const found = views.filter((view) => !isAsked(view)).map(viewRuns);
  const answered = replies.map((reply) =>
    noted(`${unitOf(room, reply.by)}（${COMMITMENT_WORDS[reply.commitment]}）：${oneLine(reply.text)}`, {
      kind: 'reply',
      id: reply.id,
    }),
  );
  const voted = polls.map((poll) =>
    noted(`${oneLine(poll.draft.question)}　${pollWords(poll)}`, { kind: 'poll', id: poll.draft.id }),
  );
  const asked = [
    ...views.filter(isAsked).map(viewRuns),
    ...sentences.map(({ words }): Run[] => [{ words: `${words}（协商形成的共识）` }]),
  ];
  const topic = room.plan?.title ?? '';
  body.add(paragraph(`本信息来自${chinaDate(meetingAt(record))}就“${topic}”开展的协商。`));
  const parts: readonly (readonly [string, readonly Run[][]])[] = [
    ['反映的情况', found],
    ['部门答复', answered],
    ['意向投票', voted],
    ['意见建议', asked],
  ];
  parts
    .filter(([, points]) => points.length > 0)
    .forEach(([title, points], n) =>
      body.add(
        heading(1, `${chineseNumber(n + 1)}、${title}`),
        ...points.map((runs, at) => point(at + 1, runs)),
      ),
    );
  return {
    title: [{ words: `关于“${shortened(called, 30).replace(/[。．.]$/u, '')}”的社情民意信息` }],
    blocks: body.blocks,
    notes: body.notes,
  };
}

function lettersOf({ title, blocks }: Body): number {
  const words = [wordsOf(title), ...blocks.map(blockWords)].join('');
  return Array.from(words.replace(/\s/gu, '')).length;
}

function blockWords(block: Block): string {
  return 'runs' in block ? `${'mark' in block ? (block.mark ?? '') : ''}${wordsOf(block.runs)}` : '';
}
