import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCitedText } from '../../testing/cited-texts.ts';
import { viewId } from '../../testing/builders.ts';
import { discussedRecord, sampleRecord, SAMPLE_TEMPLATE } from '../../testing/sample-document.ts';
import { freshSeed } from '../../testing/seed.ts';
import { readCitations } from '../citing.ts';
import { plainText, type OutcomeNode } from '../outcome.ts';
import { documentOf } from './document.ts';
import { docxOf } from './docx/docx.ts';
import { escapeXml } from './docx/xml.ts';
import { isWebAddress } from './links.ts';
import { chinaDate, headingNumber, isNumbered } from './numbers.ts';
import { mattersOf, opinionOf } from './opinion.ts';
import { DOCUMENT_KINDS, OfficialDocument, wordsOf, type Block, type DocumentKind } from './tree.ts';
import { writtenAs } from './writing.ts';

const seed = freshSeed();
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function made(kind: DocumentKind, record = sampleRecord()) {
  const about = mattersOf(record)[0]?.matter ?? null;
  const document = documentOf(record, SAMPLE_TEMPLATE, { kind, number: 3, about });
  if (!document.ok) throw new Error(document.error.reason);
  return document.value;
}

/** A part of a Word file, as it stands in it. */
function partOf(bytes: Uint8Array, path: string): string {
  const whole = decode(bytes);
  const from = whole.indexOf(`${path}<?xml`) + path.length;
  return whole.slice(from, whole.indexOf('PK\u0003\u0004', from));
}

const saidIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => ('runs' in block ? [wordsOf(block.runs)] : []));
const notesIn = (blocks: readonly Block[]): number[] =>
  blocks.flatMap((block) =>
    'runs' in block ? block.runs.flatMap((run) => ('note' in run ? [run.note] : [])) : [],
  );

describe('an official document', () => {
  it.each(DOCUMENT_KINDS)('%s is as it was looked at [DO2] [DO3] [DO5] [DO6] [DO8]', async (kind) => {
    const document = made(kind, kind === 'record' ? discussedRecord() : sampleRecord());
    expect(OfficialDocument.parse(document)).toEqual(document);
    const bytes = docxOf(document);
    await expect(partOf(bytes, 'word/document.xml')).toMatchFileSnapshot(`golden/${kind}.document.xml`);
    await expect(partOf(bytes, 'word/footnotes.xml')).toMatchFileSnapshot(`golden/${kind}.footnotes.xml`);
    await expect(decode(writtenAs('md', document))).toMatchFileSnapshot(`golden/${kind}.md`);
  });

  it('has the page, the fonts and the numbers of GB/T 9704 [DO6]', async () => {
    const bytes = docxOf(made('minutes'));
    await expect(partOf(bytes, 'word/styles.xml')).toMatchFileSnapshot('golden/styles.xml');
    const text = partOf(bytes, 'word/document.xml');
    expect(text).toContain('<w:pgSz w:w="11906" w:h="16838"/>');
    expect(text).toContain('w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"');
    expect(text).toContain('w:linePitch="579"');
    expect(partOf(bytes, 'word/footer-odd.xml')).toContain('<w:jc w:val="right"/>');
    expect(partOf(bytes, 'word/footer-even.xml')).toContain('<w:jc w:val="left"/>');
    expect(chinaDate('2026-03-01T16:00:00.000Z')).toBe('2026年3月2日');
    expect([headingNumber(1, 12), headingNumber(2, 3), headingNumber(3, 1), headingNumber(4, 2)]).toEqual([
      '十二、',
      '（三）',
      '1.',
      '（2）',
    ]);
    expect(['二、甲', '（一）乙', '1.丙', '一致同意'].map(isNumbered)).toEqual([true, true, true, false]);
  });

  it('is equal to the byte whenever it is made [DO7]', () => {
    for (const form of ['docx', 'md', 'json'] as const)
      expect(writtenAs(form, made('minutes'))).toEqual(writtenAs(form, made('minutes')));
  });

  it('keeps every word and every citation of any text, in their order [DO2] [DO3]', () => {
    fc.assert(
      fc.property(anyCitedText, (outcome) => {
        const { blocks, notes, title } = made('minutes', sampleRecord({ outcome }));
        const squeezed = (words: string) => words.replace(/\s/gu, '');
        const said = squeezed([wordsOf(title), ...saidIn(blocks)].join(''));
        let from = 0;
        for (const line of plainText(outcome).split('\n')) {
          const at = said.indexOf(squeezed(line), from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + squeezed(line).length;
        }
        const cited = readCitations(outcome).citations;
        expect(notes.length).toBe(cited.length);
        expect(new Set(notesIn(blocks))).toEqual(new Set(cited.map(({ number }) => number)));
        const bytes = docxOf(made('minutes', sampleRecord({ outcome })));
        const placed = partOf(bytes, 'word/document.xml').match(/<w:footnoteReference w:id="\d+"/g) ?? [];
        expect(new Set(placed).size).toBe(cited.length);
        expect(placed.length).toBe(cited.length);
      }),
      { seed, numRuns: 60 },
    );
  });

  it('tells nothing of what was withdrawn or erased, and calls people as the session does [DO1] [DO3] [DO4]', () => {
    const record = sampleRecord();
    const gone = record.room.views.map((view) => ({ ...view, text: '' }));
    const participants = Object.fromEntries(
      Object.entries(record.room.participants).map(([id, seat]) => [id, { ...seat, name: '' }]),
    );
    const erased = sampleRecord({ room: { ...record.room, views: gone, participants } });
    for (const kind of DOCUMENT_KINDS) {
      const before = decode(writtenAs('json', made(kind, record)));
      expect(before).not.toContain('意见 3');
      const after = decode(writtenAs('json', made(kind, erased)));
      expect(after).not.toContain('建议错峰放学，\\n');
      expect(after).not.toContain('resident 3');
    }
    expect(decode(writtenAs('json', made('minutes', erased)))).toContain('召集人（0000）');
  });

  it('tells in the full record each view and answer with its row, and what became of what was proposed [DO8]', () => {
    const record = discussedRecord();
    const said = saidIn(made('record', record).blocks).join('\n');
    for (const { seq } of [...record.room.views, ...record.room.replies])
      expect(said).toContain(`第${seq}条　`);
    expect(said).toContain('已撤回，不再列示');
    expect(said).toContain('未采纳：与会议情况不符');
    expect(said).toContain('答：');
    const blank = { amendments: [], remarks: [] };
    const none = made('record', sampleRecord({ room: { ...record.room, ...blank } }));
    expect(saidIn(none.blocks).join('\n')).not.toContain('修改建议');
  });

  it('tells of one matter what was said, answered, voted and agreed on, in 1 500 characters or not at all [DO9]', () => {
    const record = sampleRecord();
    const matters = mattersOf(record);
    expect(matters.map(({ matter }) => matter.split(':')[0])).toEqual([
      'sentence',
      'sentence',
      'view',
      'view',
    ]);
    for (const { matter } of matters) expect(opinionOf(record, matter).ok).toBe(true);
    const agreed = opinionOf(record, matters[0]?.matter ?? null);
    expect(agreed).toMatchObject({ ok: true, value: { notes: [expect.stringContaining('意向投票')] } });
    for (const matter of [null, `view:${viewId(3)}`, `view:${viewId(99)}`, 'sentence:1', 'sentence:99'])
      expect(opinionOf(record, matter)).toMatchObject({
        ok: false,
        error: { reason: 'DOCUMENT_MATTER_UNKNOWN' },
      });
    const long = (length: number) => {
      const views = record.room.views.map((view) => ({ ...view, text: '字'.repeat(length) }));
      return opinionOf({ ...record, room: { ...record.room, views } }, `view:${viewId(1)}`);
    };
    const longest = long(3_000);
    const rest = longest.ok ? 0 : Number(longest.error.facts?.['letters']) - 3_000;
    expect(long(1_500 - rest).ok).toBe(true);
    expect(long(1_501 - rest)).toMatchObject({
      ok: false,
      error: { reason: 'DOCUMENT_TOO_LONG', facts: { letters: 1_501, most: 1_500 } },
    });
  });

  it('makes nothing of what people write but words, whatever it is [DO5]', () => {
    expect(
      ['https://a.example/x', 'javascript:alert(1)', 'data:x', 'http://u@a', '', 'https://a"b'].map(
        isWebAddress,
      ),
    ).toEqual([true, false, false, false, false, false]);
    const hostile = '<w:fldSimple w:instr="DDE"/>&]]>\u0000\u202Ex\uD800';
    expect(escapeXml(hostile)).toBe('&lt;w:fldSimple w:instr=&quot;DDE&quot;/&gt;&amp;]]&gt;x');
    const outcome: OutcomeNode = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: hostile }] }],
    };
    const address = 'javascript:alert(1)';
    const document = made('minutes', sampleRecord({ outcome, address }));
    const xml = partOf(docxOf(document), 'word/document.xml');
    expect(xml).not.toMatch(/<w:fldSimple|hyperlink|javascript/);
    expect(decode(writtenAs('md', document))).not.toMatch(/[^\\]<w:|javascript/);
    expect(partOf(docxOf(made('minutes')), 'word/document.xml')).toContain("'=1+1");
  });
});
