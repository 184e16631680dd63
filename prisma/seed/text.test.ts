import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { uuidOf } from '../../core/domain/scenarios/names.ts';
import { outcomeOf } from '../../core/domain/scenarios/markdown.ts';
import type { DraftUpdate } from '../../server/ports/document-log.ts';
import { writeText } from './text.ts';

const documentId = DocumentId.parse(uuidOf('document'));
const writers = ['a', 'b', 'c'].map((name) => ParticipantId.parse(uuidOf(name)));

async function written(): Promise<readonly DraftUpdate[]> {
  const kept: DraftUpdate[] = [];
  const log = {
    claimClients: () => Promise.resolve(new Map()),
    append: (_: unknown, drafts: readonly DraftUpdate[]) => {
      kept.push(...drafts);
      return Promise.resolve({ kind: 'appended' as const, firstSeq: 1 });
    },
  };
  await writeText(log, documentId, {
    writers,
    blocks: outcomeOf('# 题\n一段**重**\n\n1. 甲\n2. 乙').content ?? [],
  });
  return kept;
}

describe('writeText', () => {
  test('lets several people write one text, each under their own name', async () => {
    const drafts = await written();
    const doc = new Y.Doc();
    for (const { data } of drafts) Y.applyUpdate(doc, data);
    expect(doc.getXmlFragment(TEXT_FRAGMENT).toString()).toBe(
      '<heading level="1">题</heading><paragraph>一段<bold>重</bold></paragraph>' +
        '<orderedlist start="1"><listitem><paragraph>甲</paragraph></listitem><listitem><paragraph>乙</paragraph></listitem></orderedlist>',
    );
    expect(new Set(drafts.map(({ authorId }) => authorId))).toEqual(new Set(writers));
  });

  test('writes the same bytes every time, so that writing twice changes nothing', async () => {
    const [once, again] = [await written(), await written()];
    expect(once.map(({ data }) => [...data])).toEqual(again.map(({ data }) => [...data]));
  });
});
