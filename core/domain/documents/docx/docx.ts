import { utf8ToBytes } from '@noble/hashes/utils.js';
import { crc32 } from '../../bundle/crc32.ts';
import { directoryOf, joined, localHeader, type ZipEntry } from '../../bundle/zip.ts';
import type { OfficialDocument } from '../tree.ts';
import { bodyXml, footnotesXml, titleXml } from './body.ts';
import { CHAR, sectionXml } from './page.ts';
import { fontTableXml, stylesXml } from './styles.ts';
import { WORD_NS, xmlFile } from './xml.ts';

const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PARTS = [
  ['document', 'document.main'],
  ['styles', 'styles'],
  ['settings', 'settings'],
  ['fontTable', 'fontTable'],
  ['footnotes', 'footnotes'],
  ['footer-odd', 'footer'],
  ['footer-even', 'footer'],
] as const;
const RELATED = PARTS.slice(1).map(([part, kind]) => ({ part, kind, id: `r-${part}` }));

/**
 * A document for Word, WPS and LibreOffice, in the layout of GB/T 9704. It holds words, tables and footnotes: no field but the
 * page's number, no link, no macro, nothing from elsewhere [DO5]. Equal documents give equal bytes [DO7].
 */
export function docxOf(document: OfficialDocument): Uint8Array<ArrayBuffer> {
  const files: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes()],
    ['_rels/.rels', packageRelations()],
    ['docProps/core.xml', properties(document)],
    ['word/_rels/document.xml.rels', documentRelations()],
    ['word/document.xml', documentXml(document)],
    ['word/fontTable.xml', fontTableXml()],
    ['word/footer-even.xml', footerXml('left')],
    ['word/footer-odd.xml', footerXml('right')],
    ['word/footnotes.xml', xmlFile(`<w:footnotes ${WORD_NS}>${footnotesXml(document)}</w:footnotes>`)],
    ['word/settings.xml', settingsXml()],
    ['word/styles.xml', stylesXml()],
  ];
  const entries: ZipEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const [path, text] of files) {
    const bytes = utf8ToBytes(text);
    const entry = { path, bytes: bytes.length, crc: crc32(bytes) };
    entries.push(entry);
    parts.push(localHeader(entry), bytes);
  }
  return joined([...parts, directoryOf(entries)]);
}

function documentXml(document: OfficialDocument): string {
  const section = sectionXml({ odd: 'r-footer-odd', even: 'r-footer-even' });
  return xmlFile(`<w:document ${WORD_NS}><w:body>\n${bodyXml(document)}\n${section}</w:body></w:document>`);
}

/** — 1 —, a character in from the outer side of the page. */
function footerXml(side: 'left' | 'right'): string {
  const field = ['begin', 'PAGE', 'end'].map((part) =>
    part === 'PAGE'
      ? '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
      : `<w:r><w:fldChar w:fldCharType="${part}"/></w:r>`,
  );
  const dash = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
  const p = `<w:pStyle w:val="Footer"/><w:ind w:${side}="${CHAR - 40}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="${side}"/>`;
  return xmlFile(
    `<w:ftr ${WORD_NS}><w:p><w:pPr>${p}</w:pPr>${dash('— ')}${field.join('')}${dash(' —')}</w:p></w:ftr>`,
  );
}

function settingsXml(): string {
  return xmlFile(
    [
      `<w:settings ${WORD_NS}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>`,
      '<w:characterSpacingControl w:val="compressPunctuation"/>',
      '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>',
      '<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:adjustLineHeightInTable/><w:useFELayout/>',
      '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
      '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
    ].join(''),
  );
}

function properties(document: OfficialDocument): string {
  return xmlFile(
    `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${titleXml(document)}</dc:title></cp:coreProperties>`,
  );
}

function contentTypes(): string {
  const parts = PARTS.map(
    ([part, kind]) => `<Override PartName="/word/${part}.xml" ContentType="${TYPES}.${kind}+xml"/>`,
  );
  return xmlFile(
    [
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>',
      ...parts,
      '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    ].join(''),
  );
}

const RELATIONSHIPS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

function packageRelations(): string {
  return xmlFile(
    `<Relationships ${RELATIONSHIPS}><Relationship Id="r-document" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="r-core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  );
}

function documentRelations(): string {
  const all = RELATED.map(
    ({ part, kind, id }) => `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${part}.xml"/>`,
  );
  return xmlFile(`<Relationships ${RELATIONSHIPS}>${all.join('')}</Relationships>`);
}
