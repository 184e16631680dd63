const STOPS = ['a[href]', 'button:enabled', 'input:enabled', 'select:enabled', 'textarea:enabled', 'summary']
  .concat('[tabindex]', '[contenteditable="true"]')
  .map((kind) => `${kind}:not([tabindex="-1"])`)
  .join(',');

/** Where Tab stops inside a part of the page, in order; what is not drawn just now is among them. */
export function stopsOf(part: ParentNode): readonly HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(STOPS)];
}
