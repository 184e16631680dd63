// GB/T 9704—2012 in twentieths of a point: A4; 37 mm above, 35 below, 28 left, 26 right; 22 lines of 28 characters [DO6].

export const PAGE = { width: 11_906, height: 16_838 } as const;
export const MARGIN = { top: 2_098, bottom: 1_984, left: 1_588, right: 1_474 } as const;
/** Width of what is printed on: 156 mm. */
export const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
/** 22 of them fill a page. */
export const LINE = 579;
/** How much closer characters stand than their size: 28 of 16 points in 442.2. Said of the text and not of a grid, which programs read in their own ways. */
export const CLOSER = -5;
/** A character of the text: 三号, 16 points. */
export const CHAR = 320;
/** The page number stands 7 mm below what is printed on. */
const FOOTER = 1_440;
/** From the top of what is printed on to the red head: 35 mm. */
export const HEAD_DROP = 1_984;

export const FONTS = {
  /** Red head and title. Named, never given out with it: its makers license it. */
  title: '方正小标宋简体',
  text: '仿宋_GB2312',
  black: '黑体',
  kai: '楷体_GB2312',
  song: '宋体',
} as const;
/** What a device sets instead that has not got one of them. */
export const SUBSTITUTES: Readonly<Record<string, string>> = {
  [FONTS.title]: '宋体',
  [FONTS.text]: '仿宋',
  [FONTS.kai]: '楷体',
};

/** The one section of a document: its footers, page, margins and grid. */
export function sectionXml(footers: { readonly odd: string; readonly even: string }): string {
  return [
    '<w:sectPr>',
    `<w:footerReference w:type="default" r:id="${footers.odd}"/>`,
    `<w:footerReference w:type="even" r:id="${footers.even}"/>`,
    '<w:footnotePr><w:numFmt w:val="decimal"/><w:numRestart w:val="continuous"/></w:footnotePr>',
    `<w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/>`,
    `<w:pgMar w:top="${MARGIN.top}" w:right="${MARGIN.right}" w:bottom="${MARGIN.bottom}" w:left="${MARGIN.left}" w:header="851" w:footer="${FOOTER}" w:gutter="0"/>`,
    '<w:pgNumType w:start="1"/><w:cols w:space="425"/>',
    `<w:docGrid w:type="lines" w:linePitch="${LINE}"/>`,
    '</w:sectPr>',
  ].join('');
}
