import { useSyncExternalStore } from 'react';
import { LOCALE_CHOICE, LOCALES, type Locale } from '../../core/contract/locales.ts';
import type accounts from '../locales/zh-CN/accounts.json';
import type archive from '../locales/zh-CN/archive.json';
import type box from '../locales/zh-CN/box.json';
import type errors from '../locales/zh-CN/errors.json';
import type examples from '../locales/zh-CN/examples.json';
import type home from '../locales/zh-CN/home.json';
import type join from '../locales/zh-CN/join.json';
import type publicTexts from '../locales/zh-CN/public.json';
import type recount from '../locales/zh-CN/recount.json';
import type room from '../locales/zh-CN/room.json';
import type shell from '../locales/zh-CN/shell.json';
import type text from '../locales/zh-CN/text.json';
import type verify from '../locales/zh-CN/verify.json';
import type words from '../locales/zh-CN/words.json';
import { kept } from './kept.ts';

// Our own sixty lines instead of a library: on the join route every kilobyte is a resident's second,
// and all we need is names in braces, plurals by Intl, and files that load with the page that uses them.

type Catalogs = {
  readonly accounts: typeof accounts;
  readonly archive: typeof archive;
  readonly box: typeof box;
  readonly errors: typeof errors;
  readonly examples: typeof examples;
  readonly home: typeof home;
  readonly join: typeof join;
  readonly recount: typeof recount;
  readonly public: typeof publicTexts;
  readonly room: typeof room;
  readonly shell: typeof shell;
  readonly text: typeof text;
  readonly verify: typeof verify;
  readonly words: typeof words;
};
export type { Locale };
export type Namespace = keyof Catalogs;
export type Params = Readonly<Record<string, string | number>>;

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Bare<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
type Bare<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;
/** `namespace:place.name`, known to the compiler. A text with `_one` and `_other` is asked for without them. */
export type TextKey = { [N in Namespace]: `${N}:${Leaves<Catalogs[N]>}` }[Namespace];
export type Translate = (key: TextKey, params?: Params) => string;

/** Texts that every page needs. */
const BASE: readonly Namespace[] = ['shell', 'words', 'errors'];

interface Catalog {
  readonly [key: string]: string | Catalog;
}
const files = import.meta.glob<Catalog>('../locales/*/*.json', { import: 'default' });
const loaded = new Map<string, Catalog>();
const wanted = new Set<Namespace>(BASE);
const listeners = new Set<() => void>();
let locale: Locale = 'zh-CN';
let translate: Translate = translator(locale);

/** Loads texts of the current language, with those every page needs. A page waits for it before it is shown. */
export async function loadTexts(namespaces: readonly Namespace[]): Promise<void> {
  for (const namespace of namespaces) wanted.add(namespace);
  await loadWanted(locale);
}

/** Whether these texts are there in the current language. */
export function hasTexts(namespaces: readonly Namespace[]): boolean {
  return namespaces.every((namespace) => loaded.has(`${locale}/${namespace}`));
}

/** The language to start with: the person's choice, else the browser's, else Chinese. */
export function preferredLocale(): Locale {
  const chosen = LOCALES.find((known) => known === kept.get(LOCALE_CHOICE));
  const first = navigator.languages?.[0] ?? navigator.language ?? '';
  return chosen ?? (first.toLowerCase().startsWith('en') ? 'en' : 'zh-CN');
}

/**
 * Switches the language once its texts are there. choose: the person did it, so it is remembered.
 * texts: what is needed beside the texts of every page.
 */
export async function setLocale(
  next: Locale,
  options: { readonly choose: boolean; readonly texts?: readonly Namespace[] },
): Promise<void> {
  for (const namespace of options.texts ?? []) wanted.add(namespace);
  await loadWanted(next);
  if (options.choose) kept.set(LOCALE_CHOICE, next);
  if (kept.get(LOCALE_CHOICE) === next) tellServer(next);
  locale = next;
  translate = translator(next);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** The texts of the current language; the component is drawn again when the language changes. */
export function useText(): Translate {
  return useSyncExternalStore(subscribe, currentText);
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale);
}

/** For code outside components. */
export function currentText(): Translate {
  return translate;
}

export function currentLocale(): Locale {
  return locale;
}

/** What cannot be told costs the server's guess, no more. */
function tellServer(chosen: Locale): void {
  try {
    const isSecure = window.location.protocol === 'https:';
    const year = 365 * 86_400;
    document.cookie = `${LOCALE_CHOICE}=${chosen}; Path=/; Max-Age=${year}; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  } catch {
    // Cookies may be forbidden.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function loadWanted(into: Locale): Promise<void> {
  const missing = [...wanted].filter((namespace) => !loaded.has(`${into}/${namespace}`));
  await Promise.all(
    missing.map(async (namespace) => {
      const file = files[`../locales/${into}/${namespace}.json`];
      if (file !== undefined) loaded.set(`${into}/${namespace}`, await file());
    }),
  );
}

function translator(of: Locale): Translate {
  const plurals = new Intl.PluralRules(of);
  return (key, params = {}) => {
    const count = params['count'];
    const plural = typeof count === 'number' ? find(of, `${key}_${plurals.select(count)}`) : undefined;
    const other = typeof count === 'number' ? find(of, `${key}_other`) : undefined;
    const text = plural ?? other ?? find(of, key) ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  };
}

function find(of: Locale, key: string): string | undefined {
  const colon = key.indexOf(':');
  let place: string | Catalog | undefined = loaded.get(`${of}/${key.slice(0, colon)}`);
  for (const step of key.slice(colon + 1).split('.')) {
    if (typeof place !== 'object') return undefined;
    place = place[step];
  }
  return typeof place === 'string' ? place : undefined;
}
