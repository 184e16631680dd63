import { askEarly } from '../lib/early.ts';

// A script of its own beside main.tsx; the server names it in the pages that gain by it.
askEarly(window.location.pathname);
