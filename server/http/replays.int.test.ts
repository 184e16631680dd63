import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { archiveRoutes } from '../../core/contract/archives.ts';
import { plainText } from '../../core/domain/outcome.ts';
import { textsOf } from '../../core/domain/replay/text-frames.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { convener, db, member, openOne, setPeopleStage, stranger, why } from '../testing/people-stage.ts';
import { typeInto } from '../testing/yjs-words.ts';

setPeopleStage();

const read = archiveRoutes.getTextHistory.reply;

describe('how a text grew', () => {
  it('is told once its session is sealed, to whoever may read the text and to nobody else [RP3] [RP4]', async () => {
    const { at, sessionId } = await openOne();
    const address = `${at}/archive/text-history`;
    const { rows } = await db.pool.query('select document_id as id from session where id = $1', [sessionId]);
    const seat = await db.pool.query(
      'select id from participant where session_id = $1 and may_write_text limit 1',
      [sessionId],
    );
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (data: Uint8Array) => updates.push(data));
    typeInto(doc, '先试点');
    typeInto(doc, '，再推开');
    const drafts = updates.map((data) => ({ authorId: seat.rows[0].id, signInId: null, data }));
    expect((await createDocumentLog(db.pool).append(rows[0].id, drafts)).kind).toBe('appended');
    expect(why(await convener.send('GET', address))).toBe('ARCHIVE_UNKNOWN');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');

    for (const one of [convener, member]) {
      const answer = await one.send('GET', address);
      expect(answer.status).toBe(200);
      const { frames } = read.parse(answer.body);
      const texts = textsOf(frames);
      expect(texts.map(plainText)).toEqual(['先试点，再推开']);
    }
    expect(why(await stranger.send('GET', address))).toBe('SESSION_UNKNOWN');
  });
});
