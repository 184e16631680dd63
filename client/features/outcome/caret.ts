import type { CursorOwner } from '../../../core/contract/collab.ts';

/** Whose caret it is. The server stamps it for everybody else; what we say of ourselves is only seen here. */
export type CaretOwner = CursorOwner;

/** A caret with its owner's name and role. Colours come from the style sheet by role, so both themes can read them. */
export function drawCaret(
  user: Readonly<Record<string, unknown>>,
  roleName: (role: string) => string,
): HTMLElement {
  const role = typeof user['role'] === 'string' ? user['role'] : '';
  const name = typeof user['name'] === 'string' ? user['name'] : '';
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.dataset['role'] = role;
  // Who edits is told in the list beside the text; a caret in the reading order would cut words apart.
  caret.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = 'caret-label';
  label.dir = 'auto';
  label.textContent = role === '' ? name : `${name} · ${roleName(role)}`;
  // A zero-width joint keeps the label out of the line's flow in every browser.
  caret.append('\u2060', label, '\u2060');
  return caret;
}
