import { harmlessCell } from '../../file-words.ts';
import { wordsOf, type Block, type OfficialDocument, type Run } from '../tree.ts';
import { CHAR, FONTS, LINE, TEXT_WIDTH } from './page.ts';
import { fontXml } from './styles.ts';
import { escapeXml } from './xml.ts';

/** Which footnotes have their place already: a copy of a citation is shown by the same number. */
type Placed = Set<number>;

type Shape = { readonly style?: string; readonly p?: string; readonly r?: string };

function paragraphXml(content: string, { style, p = '' }: Shape = {}): string {
  const named = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`;
  const properties = `${named}${p}`;
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
}

/** Words as one run; what begins a new line in them does so here. */
function wordsXml(words: string, r = ''): string {
  const properties = r === '' ? '' : `<w:rPr>${r}</w:rPr>`;
  return words
    .split('\n')
    .map((line) => line.replaceAll('\t', ' ').replaceAll('\r', ''))
    .map((line, n) => `${n === 0 ? '' : '<w:br/>'}<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .map((inner) => `<w:r>${properties}${inner}</w:r>`)
    .join('');
}

function runXml(run: Run, placed: Placed): string {
  if ('note' in run) return noteXml(run.note, placed);
  const has = (style: string) => run.styles?.some((one) => one === style) === true;
  const r = [
    has('label') ? fontXml(FONTS.black) : '',
    has('bold') ? '<w:b/><w:bCs/>' : '',
    has('italic') ? '<w:i/><w:iCs/>' : '',
    has('strike') ? '<w:strike/>' : '',
    has('underline') ? '<w:u w:val="single"/>' : '',
  ].join('');
  return wordsXml(run.words, r);
}

function noteXml(note: number, placed: Placed): string {
  if (placed.has(note)) return wordsXml(String(note), '<w:rStyle w:val="FootnoteReference"/>');
  placed.add(note);
  return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${note}"/></w:r>`;
}

const runsXml = (runs: readonly Run[], placed: Placed): string =>
  runs.map((run) => runXml(run, placed)).join('');

/** Everything between the red head and the end of the text. */
export function bodyXml(document: OfficialDocument): string {
  const placed: Placed = new Set();
  return [
    headXml(document),
    paragraphXml(runsXml(document.title, placed), { style: 'Title' }),
    ...document.blocks.map((block) => blockXml(block, placed)),
    originXml(document),
    imprintXml(document),
  ].join('\n');
}

const RIGHT_TAB = `<w:tabs><w:tab w:val="right" w:pos="${TEXT_WIDTH - CHAR}"/></w:tabs>`;
/** 4 mm below the line above it, as wide as the text. */
const RED_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>';

function headXml({ head }: OfficialDocument): string {
  const letters = Math.max(1, Array.from(head.mark).length);
  // As large as fits on one line, and no larger than the heads of higher offices.
  const halfPoints = 2 * Math.max(22, Math.min(60, Math.floor(TEXT_WIDTH / 20 / (letters + 0.5))));
  const mark = wordsXml(head.mark, `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`);
  const ends = wordsXml(`　${head.office}`) + '<w:r><w:tab/></w:r>' + wordsXml(head.date);
  return [
    paragraphXml(mark, { style: 'Masthead' }),
    ...(head.number === '' ? [] : [paragraphXml(wordsXml(head.number), { style: 'Number' })]),
    paragraphXml(ends, { p: `${RED_RULE}${RIGHT_TAB}${NO_INDENT}` }),
  ].join('\n');
}

const NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>';

function blockXml(block: Block, placed: Placed): string {
  switch (block.kind) {
    case 'heading':
      return paragraphXml(runsXml(block.runs, placed), { style: `Heading${block.level}` });
    case 'paragraph': {
      const { mark = '', depth = 0 } = block;
      const content = `${mark === '' ? '' : wordsXml(mark)}${runsXml(block.runs, placed)}`;
      const left = depth * 2 * CHAR;
      const p =
        depth === 0
          ? ''
          : `<w:ind w:leftChars="${200 * depth}" w:left="${left}" w:firstLineChars="200" w:firstLine="${2 * CHAR}"/>`;
      return paragraphXml(content, { p });
    }
    case 'people': {
      const hanging = (Array.from(block.label).length + 1) * CHAR;
      const label = wordsXml(block.label, fontXml(FONTS.black));
      return paragraphXml(`${label}${wordsXml(`：${block.words}`)}`, {
        p: `<w:ind w:left="${2 * CHAR + hanging}" w:hanging="${hanging}" w:firstLineChars="0"/><w:jc w:val="left"/>`,
      });
    }
    case 'table':
      return tableXml(block);
    case 'rule':
      return paragraphXml('', {
        p: `<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`,
      });
    case 'signed':
      return signedXml(block.lines);
  }
}

/** 署名右空二字, the date below it two further in. */
function signedXml(lines: readonly string[]): string {
  return lines
    .map((line, n) => {
      const before = n === 0 ? `<w:spacing w:before="${LINE}" w:line="${LINE}" w:lineRule="exact"/>` : '';
      const right = (2 + 2 * n) * CHAR;
      return paragraphXml(wordsXml(line), {
        p: `<w:keepLines/>${before}<w:ind w:right="${right}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>`,
      });
    })
    .join('\n');
}

function tableXml({ columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const whole = columns.reduce((sum, { percent }) => sum + percent, 0);
  const widths = columns.map(({ percent }) => Math.floor((TEXT_WIDTH * percent) / whole));
  const cell = (words: string, n: number, r: string): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[n] ?? 0}" w:type="dxa"/></w:tcPr>${paragraphXml(wordsXml(harmlessCell(words), r), { style: 'Cell' })}</w:tc>`;
  const head = columns.map(({ title }, n) => cell(title, n, fontXml(FONTS.black))).join('');
  const lines = rows.map(
    (row) =>
      `<w:tr><w:trPr><w:cantSplit/></w:trPr>${columns.map((_column, n) => cell(row[n] ?? '', n, '')).join('')}</w:tr>`,
  );
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('');
  return [
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`,
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>`,
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head}</w:tr>`,
    ...lines,
    '</w:tbl>',
  ].join('\n');
}

/** Where the record is, and what its text and log must be: whoever holds the paper can compare. */
function originXml({ origin }: OfficialDocument): string {
  const lines = [
    ...(origin.address === '' ? [] : [`归档记录：${origin.address}`]),
    `文本指纹（SHA-256）：${origin.textSha256}`,
    `日志检查点：${origin.logLength}:${origin.logHead}`,
  ];
  return lines
    .map((line, n) => paragraphXml(wordsXml(line), { style: 'Origin', p: n === 0 ? FIRST_ORIGIN : '' }))
    .join('\n');
}
const FIRST_ORIGIN = `<w:spacing w:before="${LINE}" w:line="260" w:lineRule="exact"/>`;

/** 版记: thick rules around; 四号, a character in from both sides. */
function imprintXml({ imprint }: OfficialDocument): string {
  const edge = (side: string, eighths: number) =>
    `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="000000"/>`;
  const row = (content: string): string =>
    `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="${TEXT_WIDTH}" w:type="dxa"/></w:tcPr>${content}</w:tc></w:tr>`;
  const tab = `<w:tabs><w:tab w:val="right" w:pos="${TEXT_WIDTH - 280}"/></w:tabs>`;
  const printed = wordsXml(imprint.office) + '<w:r><w:tab/></w:r>' + wordsXml(imprint.date);
  return [
    paragraphXml('', { style: 'Origin' }),
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${edge('top', 8)}${edge('bottom', 8)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`,
    `<w:tblGrid><w:gridCol w:w="${TEXT_WIDTH}"/></w:tblGrid>`,
    row(paragraphXml(printed, { style: 'Imprint', p: tab })),
    '</w:tbl>',
    // Word asks for a paragraph behind the last table: one that takes no room.
    paragraphXml('', {
      p: '<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>',
    }),
  ].join('\n');
}

/** Footnotes by their numbers, behind the two that every package has. */
export function footnotesXml({ notes }: Pick<OfficialDocument, 'notes'>): string {
  const own = notes.map((words, n) => {
    const mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>';
    return `<w:footnote w:id="${n + 1}">${paragraphXml(`${mark}${wordsXml(` ${words.replaceAll('\n', ' ')}`)}`, { style: 'FootnoteText' })}</w:footnote>`;
  });
  const spacing = '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>';
  return [
    `<w:footnote w:type="separator" w:id="-1"><w:p>${spacing}<w:r><w:separator/></w:r></w:p></w:footnote>`,
    `<w:footnote w:type="continuationSeparator" w:id="0"><w:p>${spacing}<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`,
    ...own,
  ].join('\n');
}

/** What a document is called inside of itself. */
export function titleXml({ title }: OfficialDocument): string {
  return escapeXml(wordsOf(title).replaceAll('\n', ' '));
}
