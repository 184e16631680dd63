import { useEffect, useRef, type RefObject } from 'react';
import { stopsOf } from './stops.ts';

// Windows over windows: only the uppermost hears the keys and keeps the focus.
const open: HTMLElement[] = [];

/**
 * What makes a box a modal window: the focus goes in, stays in, and comes back to where it was; Escape closes.
 * data-autofocus in the box says where the focus starts; else it is the first thing that can be pressed or filled in.
 */
export function useModal(box: RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);
  useEffect(() => {
    const modal = box.current;
    if (modal === null) return undefined;
    const before = document.activeElement;
    const isTop = () => open[open.length - 1] === modal;
    const hearKey = (event: KeyboardEvent) => {
      // Escape also ends the choosing of a character; that is not meant for the window.
      if (!isTop() || event.isComposing) return;
      if (event.key === 'Tab') keepInside(modal, event);
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // The press is used up: the window that now becomes the uppermost has not been asked to go.
      event.stopImmediatePropagation();
      close.current();
    };
    const hearFocus = ({ target }: FocusEvent) => {
      if (isTop() && target instanceof Node && !modal.contains(target)) enter(modal);
    };
    open.push(modal);
    stillThePage();
    document.addEventListener('keydown', hearKey);
    document.addEventListener('focusin', hearFocus);
    enter(modal);
    return () => {
      open.splice(open.indexOf(modal), 1);
      stillThePage();
      document.removeEventListener('keydown', hearKey);
      document.removeEventListener('focusin', hearFocus);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [box]);
}

/**
 * Says on the page whether there is a window over it: base.css then keeps it from scrolling. What lies behind the
 * uppermost window takes no finger, and a reader of the screen cannot wander out to it; what tells the person something
 * whatever is open (over-windows.tsx) goes on.
 */
function stillThePage(): void {
  const top = open[open.length - 1];
  document.documentElement.toggleAttribute('data-window', top !== undefined);
  for (const part of document.body.children) {
    const isBehind = top !== undefined && !part.contains(top) && !part.hasAttribute('data-over-windows');
    part.toggleAttribute('inert', isBehind);
    if ('inert' in HTMLElement.prototype) continue;
    // Browsers of before 2022: at least it is not read out.
    if (isBehind) part.setAttribute('aria-hidden', 'true');
    else part.removeAttribute('aria-hidden');
  }
}

function enter(modal: HTMLElement): void {
  const marked = modal.querySelectorAll<HTMLElement>('[data-autofocus]');
  for (const place of [...marked, ...stopsOf(modal), modal]) {
    place.focus({ preventScroll: true });
    // What is not drawn just now takes no focus.
    if (document.activeElement === place) return;
  }
}

function keepInside(modal: HTMLElement, event: KeyboardEvent): void {
  const stops = stopsOf(modal);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const { activeElement } = document;
  const isAtEnd = activeElement === (event.shiftKey ? first : last) || activeElement === modal;
  if (!isAtEnd) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
