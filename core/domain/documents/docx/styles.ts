import { CHAR, CLOSER, FONTS, HEAD_DROP, LINE, SUBSTITUTES } from './page.ts';
import { WORD_NS, xmlFile } from './xml.ts';

/** A font for every script, so that figures stand in the same as words. */
export function fontXml(font: string): string {
  return `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}" w:hint="eastAsia"/>`;
}

const size = (halfPoints: number): string => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
const exactly = (line: number, more = ''): string =>
  `<w:spacing ${more}w:line="${line}" w:lineRule="exact"/>`;
const NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>';
const OFF_GRID = '<w:snapToGrid w:val="0"/>';

type Style = { readonly id: string; readonly name: string; readonly p: string; readonly r: string };

const heading = (level: number, font: string): Style => ({
  id: `Heading${level}`,
  name: `heading ${level}`,
  p: `<w:keepNext/><w:outlineLvl w:val="${level - 1}"/>`,
  r: fontXml(font),
});

/** Paragraphs as GB/T 9704 has them, by the names that documents use below. */
const STYLES: readonly Style[] = [
  heading(1, FONTS.black),
  heading(2, FONTS.kai),
  heading(3, FONTS.text),
  heading(4, FONTS.text),
  {
    id: 'Masthead',
    name: 'Masthead',
    p: `${OFF_GRID}<w:spacing w:before="${HEAD_DROP}" w:after="0" w:line="240" w:lineRule="auto"/>${NO_INDENT}<w:jc w:val="center"/>`,
    r: `${fontXml(FONTS.title)}<w:color w:val="FF0000"/>`,
  },
  {
    id: 'Number',
    name: 'Document number',
    p: `${exactly(LINE, `w:before="${LINE}" `)}${NO_INDENT}<w:jc w:val="center"/>`,
    r: '',
  },
  {
    id: 'Title',
    name: 'Title',
    p: `<w:keepNext/>${OFF_GRID}${exactly(2 * CHAR + 20, `w:before="${2 * LINE}" w:after="${LINE}" `)}${NO_INDENT}<w:jc w:val="center"/>`,
    r: `${fontXml(FONTS.title)}${size(44)}`,
  },
  {
    id: 'Cell',
    name: 'Table cell',
    p: `${OFF_GRID}${exactly(360)}${NO_INDENT}<w:jc w:val="left"/>`,
    r: size(24),
  },
  {
    id: 'Origin',
    name: 'Where the record is',
    p: `<w:keepLines/><w:wordWrap w:val="0"/>${OFF_GRID}${exactly(260)}${NO_INDENT}<w:jc w:val="left"/>`,
    r: `<w:color w:val="595959"/>${size(18)}`,
  },
  {
    id: 'Imprint',
    name: 'Imprint',
    p: `${exactly(LINE)}<w:ind w:left="280" w:right="280" w:firstLineChars="0" w:firstLine="0"/>`,
    r: size(28),
  },
  {
    id: 'Footer',
    name: 'footer',
    p: `${OFF_GRID}<w:spacing w:line="240" w:lineRule="auto"/>${NO_INDENT}`,
    r: `${fontXml(FONTS.song)}${size(28)}`,
  },
  {
    id: 'FootnoteText',
    name: 'footnote text',
    p: `${OFF_GRID}${exactly(260)}${NO_INDENT}<w:jc w:val="left"/>`,
    r: size(18),
  },
];

/** styles.xml */
export function stylesXml(): string {
  const text = `<w:pPrDefault><w:pPr/></w:pPrDefault>`;
  const normal = `<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>${exactly(LINE, 'w:before="0" w:after="0" ')}<w:ind w:firstLineChars="200" w:firstLine="${2 * CHAR}"/><w:jc w:val="both"/>`;
  const styles = STYLES.map(
    ({ id, name, p, r }) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${p}</w:pPr><w:rPr>${r}</w:rPr></w:style>`,
  );
  return xmlFile(
    [
      `<w:styles ${WORD_NS}><w:docDefaults><w:rPrDefault><w:rPr>${fontXml(FONTS.text)}${size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>${text}</w:docDefaults>`,
      `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>${normal}</w:pPr><w:rPr>${fontXml(FONTS.text)}<w:spacing w:val="${CLOSER}"/>${size(32)}</w:rPr></w:style>`,
      '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>',
      '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
      '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
      ...styles,
      '</w:styles>',
    ].join('\n'),
  );
}

/** fontTable.xml: which fonts are meant, and which stand in for them. */
export function fontTableXml(): string {
  const fonts = Object.values(FONTS).map((font) => {
    const other = SUBSTITUTES[font];
    const alt = other === undefined ? '' : `<w:altName w:val="${other}"/>`;
    return `<w:font w:name="${font}">${alt}<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`;
  });
  return xmlFile(`<w:fonts ${WORD_NS}>${fonts.join('')}</w:fonts>`);
}
