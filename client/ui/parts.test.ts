// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { partFrom } from './parts.ts';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

/** A page of three parts with stops, one without, and one whose only stop is not drawn. */
function drawPage(): void {
  vi.spyOn(Element.prototype, 'getClientRects').mockImplementation(function (this: Element) {
    return (this.hasAttribute('data-folded') ? [] : [this.getBoundingClientRect()]) as unknown as DOMRectList;
  });
  document.body.innerHTML = `
    <a id="skip" href="#content"></a>
    <header><button id="top"></button><button id="leave"></button></header>
    <section aria-label="told"><p></p></section>
    <main><section aria-label="said"><button id="said"></button></section><textarea id="words"></textarea></main>
    <aside><details><summary data-folded></summary></details></aside>
    <aside><button id="tab"></button><div role="tabpanel"><input id="paper"></div></aside>`;
}

/** Where the key leads from part to part, until it is back where it began. */
function round(from: string, isBack: boolean): readonly string[] {
  const way: string[] = [];
  let at: Element | null = document.querySelector(from);
  while (way.length < 12) {
    at = partFrom(document, at, isBack);
    const id = at?.id ?? 'nowhere';
    if (way.includes(id)) return way;
    way.push(id);
  }
  return way;
}

describe('partFrom', () => {
  it('stops once in each part in which there is something to stop at, and goes round', () => {
    drawPage();
    expect(round('body', false)).toEqual(['top', 'said', 'tab', 'paper']);
    expect(round('#leave', false)).toEqual(['said', 'tab', 'paper', 'top']);
    expect(round('#words', true)).toEqual(['said', 'top', 'paper', 'tab']);
  });
  it('leads nowhere on a page without parts', () => {
    expect(partFrom(document, document.body, false)).toBeNull();
  });
});
