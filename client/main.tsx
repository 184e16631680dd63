import './lib/old-browsers.ts';
import './lib/zod-setup.ts';
import './ui/tokens.css';
import './ui/base.css';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { prepareFirstPage } from './app/routes.tsx';
import { preferredLocale, setLocale } from './lib/i18n.ts';
import { whenIdle } from './lib/idle.ts';
import { startLook } from './lib/look.ts';

async function start(root: HTMLElement): Promise<void> {
  startLook();
  const { texts, code } = prepareFirstPage();
  await Promise.all([setLocale(preferredLocale(), { choose: false, texts }), code]);
  // A transition is drawn in slices, between which a slow phone can hear its person.
  startTransition(() => createRoot(root).render(<App />));
  await whenIdle();
  try {
    (await import('./room/box/watching.ts')).beginWatching();
  } catch {
    // Its code could not be fetched: the next page asks again.
  }
}

const root = document.getElementById('root');
// -- a failure here leaves the opening words of index.html, which tell the person what to do.
if (root !== null) void start(root);
