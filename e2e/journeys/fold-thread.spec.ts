import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from '@playwright/test';
import * as Y from 'yjs';
import { packText, type FoldReply, type FoldRequest } from '../../server/collab/fold-message.ts';
import { projectRoot } from '../../server/paths.ts';
import { typeInto, wordsOf } from '../../server/testing/yjs-words.ts';
import { test } from '../support/test.ts';

test('the built server has the thread that folds texts beside it, and it folds', async () => {
  const updates: { data: Uint8Array }[] = [];
  const doc = new Y.Doc();
  doc.on('update', (data: Uint8Array) => updates.push({ data }));
  for (const word of ['协', '商', '纪', '要']) typeInto(doc, word);
  const thread = new Worker(join(projectRoot, 'dist/server/fold-worker.js'));
  try {
    thread.postMessage(
      { ...packText({ snapshot: null, updates }), wanted: 'snapshot' } satisfies FoldRequest,
      [],
    );
    const [reply] = (await once(thread, 'message')) as [FoldReply];
    if (reply.kind !== 'snapshot') throw new Error(JSON.stringify(reply));
    const read = new Y.Doc();
    Y.applyUpdate(read, reply.data);
    expect(wordsOf(read)).toBe('协商纪要');
  } finally {
    await thread.terminate();
  }
});
