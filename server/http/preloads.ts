import { z } from 'zod';

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

/** Texts of the first screens are one file a language, which vite.config.ts names. */
const FIRST = '_first-*-';
const LOCALES = ['zh-CN', 'en'] as const;
/** What a page needs beside the entry. In texts, * stands for the language. */
const PAGES = [
  { path: /^\/j\/?$/, code: [], texts: [FIRST], early: [] },
  {
    path: /^\/sessions\/[^/]+\/?$/,
    code: ['pages/room.tsx'],
    texts: [FIRST, 'locales/*/room.json', 'locales/*/text.json'],
    early: ['app/early.ts'],
  },
] as const;

/** Elements for the head of a page that name what its code will ask for, so that it comes together with the code. */
export type Preloads = (path: string, languages: readonly string[]) => string;

/** A page without preloads is slower, never wrong: whatever is not in the manifest is left out. */
export function createPreloads(manifestJson: string | undefined): Preloads {
  const read = Manifest.safeParse(manifestJson === undefined ? {} : JSON.parse(manifestJson));
  const manifest = read.success ? read.data : {};
  const made = new Map<string, string>();
  for (const [number, page] of PAGES.entries()) {
    for (const locale of LOCALES) made.set(`${number}/${locale}`, elementsOf(manifest, page, locale));
  }
  return (path, languages) => {
    const number = PAGES.findIndex((page) => page.path.test(path));
    return made.get(`${number}/${localeFor(languages)}`) ?? '';
  };
}

/** As the client chooses where nothing is remembered. */
function localeFor([first = '']: readonly string[]): (typeof LOCALES)[number] {
  return first.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

function elementsOf(manifest: Manifest, page: (typeof PAGES)[number], locale: string): string {
  const known = new Set(withImports(manifest, ['index.html', 'app/early.ts']));
  const texts = page.texts.map((text) => text.replace('*', locale));
  const first = Object.keys(manifest).filter((key) =>
    texts.some((text) => text.startsWith('_') && key.startsWith(text)),
  );
  const wanted = [...page.code, ...texts, ...first];
  const keys = withImports(manifest, wanted).filter((key) => !known.has(key));
  const scripts = page.early.flatMap((key) => manifest[key]?.file ?? []);
  const styles = keys.flatMap((key) => manifest[key]?.css ?? []);
  const modules = keys.flatMap((key) => manifest[key]?.file ?? []).filter((file) => file.endsWith('.js'));
  return [
    ...scripts.map((file) => `<script type="module" async crossorigin src="/${file}"></script>`),
    ...[...new Set(styles)].map((file) => `<link rel="preload" as="style" crossorigin href="/${file}">`),
    ...modules.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ].join('');
}

function withImports(manifest: Manifest, keys: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined || found.has(key)) return;
    found.add(key);
    for (const inner of chunk.imports) visit(inner);
  };
  for (const key of keys) visit(key);
  return [...found];
}
