import { z } from 'zod';
import { LOCALE_CHOICE, LOCALES, type Locale } from '../../core/contract/locales.ts';

/** The build's own record of what became of each source file. */
const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.string().array().default([]),
    css: z.string().array().default([]),
  }),
);
type Manifest = z.infer<typeof Manifest>;

/** Files that a page needs beside the entry, as vite.config.ts names them; * stands for the language. */
const PAGES = [
  { path: /^\/j\/?$/, files: ['_texts-first-*-'], run: [] },
  {
    path: /^\/sessions\/[^/]+\/?$/,
    // Not the line nor the doors, which are not wanted before the first picture.
    files: ['_room-page-', '_texts-first-*-', '_texts-room-*-'],
    // Runs as soon as it is there, before all the rest: client/lib/early.ts.
    run: ['_early-'],
  },
] as const;

/** Elements for the head of a page that name what its code will ask for, so that it comes together with the code. */
export type Preloads = (path: string, languages: readonly string[]) => string;

/**
 * Reads what to preload from the build's manifest. A page without preloads is slower, never wrong: whatever is not in
 * the manifest, or in the page already, is left out.
 */
export function createPreloads(manifestJson: string | undefined, html: string): Preloads {
  const read = Manifest.safeParse(manifestJson === undefined ? {} : JSON.parse(manifestJson));
  const manifest = read.success ? read.data : {};
  const made = PAGES.map(({ path, files, run }) => {
    const scripts = scriptsOf(manifest, run);
    const headFor = (locale: string) => scripts + elementsOf(manifest, html, files, locale);
    return { path, elements: new Map(LOCALES.map((locale) => [locale, headFor(locale)])) };
  });
  return (path, languages) =>
    made.find((page) => page.path.test(path))?.elements.get(localeFor(languages)) ?? '';
}

/** What of the table above is not in the manifest: the build fails over it, or a page would be slow without a word. */
export function missingInManifest(manifestJson: string): readonly string[] {
  const keys = Object.keys(Manifest.parse(JSON.parse(manifestJson)));
  return PAGES.flatMap(({ files, run }) => [...files, ...run])
    .flatMap((file) => LOCALES.map((locale) => file.replace('*', locale)))
    .filter((begin) => !keys.some((key) => key.startsWith(begin)));
}

/** The language that the person chose in this browser, if they did, before those that the browser asks for. */
export function languagesOf(cookies: string | undefined, accepted: readonly string[]): readonly string[] {
  const pairs = (cookies ?? '').split(/;\s*/);
  return [...LOCALES.filter((locale) => pairs.includes(`${LOCALE_CHOICE}=${locale}`)), ...accepted];
}

/** As the client chooses. */
function localeFor([first = '']: readonly string[]): Locale {
  return first.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

function elementsOf(manifest: Manifest, html: string, files: readonly string[], locale: string): string {
  const begins = files.map((file) => file.replace('*', locale));
  const keys = Object.keys(manifest).filter((key) => begins.some((begin) => key.startsWith(begin)));
  const chunks = withImports(manifest, keys);
  const isNew = (file: string) => !html.includes(`/${file}"`);
  const styles = chunks.flatMap(({ css }) => css).filter(isNew);
  const modules = chunks.map(({ file }) => file).filter((file) => file.endsWith('.js') && isNew(file));
  return [
    ...[...new Set(styles)].map((file) => `<link rel="preload" as="style" crossorigin href="/${file}">`),
    ...modules.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ].join('');
}

function scriptsOf(manifest: Manifest, run: readonly string[]): string {
  return Object.entries(manifest)
    .filter(([key]) => run.some((begin) => key.startsWith(begin)))
    .map(([, { file }]) => `<script type="module" async crossorigin src="/${file}"></script>`)
    .join('');
}

function withImports(manifest: Manifest, keys: readonly string[]): readonly Manifest[string][] {
  const found = new Map<string, Manifest[string]>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined || found.has(key)) return;
    found.set(key, chunk);
    for (const inner of chunk.imports) visit(inner);
  };
  for (const key of keys) visit(key);
  return [...found.values()];
}
