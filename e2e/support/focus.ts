/** What has the focus, as somebody without a pointer finds it. */
export type Focused = {
  readonly role: string;
  readonly name: string;
  readonly tag: string;
  /** A ring is drawn at it, at its label, or at the sheet it fills. */
  readonly isSeen: boolean;
  /** What lies over its middle, if something else does. */
  readonly covering: string | null;
};

/** Runs in the page, when what moves has come to rest: what has the focus, and whether it can be seen. */
export async function lookAtFocus(): Promise<Focused> {
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 1_000)
      .map(({ finished }) => finished),
  );
  const element = document.activeElement;
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  const label = isField ? element.labels?.[0] : null;
  const places = [
    element,
    element?.closest('label'),
    element?.getAttribute('role') === 'textbox' ? element.parentElement : null,
  ].filter((place) => place instanceof Element);
  const isRinged = places.some((place) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(place);
    const hasOutline =
      outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && outlineColor !== 'transparent';
    return hasOutline || (place !== element && boxShadow !== 'none');
  });
  // A choice is drawn by its label; a text is longer than the screen.
  const box = (label ?? element)?.getBoundingClientRect();
  const isSmall = box !== undefined && box.width > 0 && box.height > 0 && box.height < innerHeight / 2;
  const over = isSmall
    ? document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    : element;
  const isOwn = places.concat(label ?? []).some((place) => place.contains(over) || over?.contains(place));
  const isBody = element === document.body;
  return {
    role: element?.getAttribute('role') ?? element?.getAttribute('type') ?? '',
    name: element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '',
    tag: element?.tagName ?? '',
    // Past the last stop the browser takes the focus for itself.
    isSeen: isBody || isRinged,
    covering:
      isBody || isOwn ? null : `${over?.tagName} ${over?.className} ${over?.textContent?.slice(0, 20)}`,
  };
}
