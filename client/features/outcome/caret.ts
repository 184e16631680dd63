import { Role } from '../../../core/domain/people.ts';

/** A caret with its owner's name and role. Colours come from the style sheet by role, so both themes can read them. */
export function drawCaret(
  user: Readonly<Record<string, unknown>>,
  roleName: (role: Role) => string,
): HTMLElement {
  const role = Role.safeParse(user['role']);
  const name = typeof user['name'] === 'string' ? user['name'] : '';
  const caret = document.createElement('span');
  caret.className = 'caret';
  if (role.success) caret.dataset['role'] = role.data;
  // Who edits is told in the list beside the text; a caret in the reading order would cut words apart.
  caret.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = 'caret-label';
  label.dir = 'auto';
  const called = role.success ? roleName(role.data) : name;
  // A recorder who is called 记录员 needs it said once.
  label.textContent = called === name ? name : `${name} · ${called}`;
  // A zero-width joint keeps the label out of the line's flow in every browser.
  caret.append('\u2060', label, '\u2060');
  return caret;
}
