import { describe, expect, it } from 'vitest';
import { OfficialDocument } from '../../core/domain/documents/tree.ts';
import { takeFile } from '../testing/files-by-hand.ts';
import {
  convener,
  member,
  openOne,
  server,
  setPeopleStage,
  stranger,
  view,
  why,
} from '../testing/people-stage.ts';

setPeopleStage();

/** A closed session in which two views were said, one of them taken back. */
async function closedOne() {
  const { at } = await openOne();
  const views: Record<string, string> = {};
  for (const text of ['设护学岗', '这句话收回']) {
    const said = view(text);
    views[text] = said.id;
    expect(why(await member.send('POST', `${at}/views`, said))).toBe('done');
    if (text === '这句话收回')
      expect(why(await member.send('DELETE', `${at}/views/${said.id}`, {}))).toBe('done');
  }
  const address = `${server.url}${at}/archive/documents`;
  expect((await takeFile(member, `${address}/report?form=json`)).reason).toBe('ARCHIVE_UNKNOWN');
  expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
  return { address, views };
}

describe('official documents of a record', () => {
  it('are given to who may read it, equal to the byte, and to nobody else [DO1] [DO5] [DO7] [DO8] [DO9]', async () => {
    const { address, views } = await closedOne();
    const word = await takeFile(member, `${address}/report?form=docx&number=3`);
    expect(word.status).toBe(200);
    expect(word.headers.get('content-type')).toContain('wordprocessingml.document');
    expect(word.headers.get('content-disposition')).toMatch(
      /^attachment; filename="document\.docx"; filename\*=UTF-8''[A-Za-z0-9%.-]+\.docx$/,
    );
    expect(word.bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    const again = await takeFile(convener, `${address}/report?form=docx&number=3`);
    expect(again.bytes.equals(word.bytes)).toBe(true);
    const tree = await takeFile(member, `${address}/report?form=json`);
    const document = OfficialDocument.parse(JSON.parse(tree.bytes.toString('utf8')));
    expect(document.head.office).not.toBe('');
    const said = tree.bytes.toString('utf8');
    expect(said).toContain('设护学岗');
    expect(said).not.toContain('这句话收回');
    for (const kind of ['minutes', 'bulletin', 'proposal', 'record'])
      expect((await takeFile(convener, `${address}/${kind}?form=md`)).status).toBe(200);
    const whole = await takeFile(convener, `${address}/record?form=json`);
    expect(whole.bytes.toString('utf8')).not.toContain('这句话收回');
    // One matter: a view that is read, and no other.
    const [read, gone] = [views['设护学岗'], views['这句话收回']];
    const info = await takeFile(convener, `${address}/opinion?form=json&about=view:${read}`);
    expect(info.bytes.toString('utf8')).toContain('设护学岗');
    for (const about of ['', `&about=view:${gone}`])
      expect((await takeFile(convener, `${address}/opinion?form=json${about}`)).reason).toBe(
        'DOCUMENT_MATTER_UNKNOWN',
      );
    // The link of somebody else, a kind and a form that there are not, and a number that is none.
    expect((await takeFile(stranger, `${address}/report?form=docx`)).reason).toBe('SESSION_UNKNOWN');
    expect((await takeFile(member, `${address}/passport?form=docx`)).status).toBe(400);
    expect((await takeFile(member, `${address}/report?form=exe`)).status).toBe(400);
    expect((await takeFile(member, `${address}/report?form=docx&number=0`)).status).toBe(400);
  });
});
