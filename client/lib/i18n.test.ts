import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../core/contract/locales.ts';
import { REASONS } from '../../core/domain/refusals.ts';
import { currentText, loadTexts, setLocale } from './i18n.ts';

interface Catalog {
  readonly [key: string]: string | Catalog;
}
const files = import.meta.glob<Catalog>('../locales/*/*.json', { import: 'default', eager: true });

function leaves(catalog: Catalog, path = ''): Map<string, string> {
  const found = Object.entries(catalog).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'string' ? [[path + name, inner]] : [...leaves(inner, `${path}${name}.`)],
  );
  return new Map(found);
}
const fileOf = (locale: string, name: string) => leaves(files[`../locales/${locale}/${name}.json`] ?? {});
const bare = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, '')))].sort();
const names = [...new Set(Object.keys(files).map((path) => path.replace(/^.*\/(.*)\.json$/, '$1')))];

describe('locales', () => {
  it('has the same files in every language', () => {
    for (const locale of LOCALES)
      for (const name of names) expect(files).toHaveProperty([`../locales/${locale}/${name}.json`]);
  });

  it.each(names)('%s has the same keys in every language', (name) => {
    expect(bare(fileOf('en', name).keys())).toEqual(bare(fileOf('zh-CN', name).keys()));
  });

  it.each(names)('%s says something everywhere, with the same facts in every language', (name) => {
    const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, fact]) => fact).sort();
    const chinese = fileOf('zh-CN', name);
    for (const [key, text] of fileOf('en', name)) {
      const other =
        chinese.get(key) ??
        chinese.get(key.replace(/_one$/, '_other')) ??
        chinese.get(key.replace(/_(one|other)$/, '')) ??
        '';
      expect(text.trim(), `en ${name}:${key}`).not.toBe('');
      expect(other.trim(), `zh-CN ${name}:${key}`).not.toBe('');
      expect(facts(text), `${name}:${key}`).toEqual(facts(other));
    }
  });

  it('has a text for every reason of a refusal', () => {
    for (const locale of LOCALES) {
      const known = fileOf(locale, 'errors');
      for (const reason of [...Object.keys(REASONS), 'OFFLINE'])
        expect(known.get(reason), `${locale} ${reason}`).toBeTruthy();
    }
  });

  it('never speaks of deciding or electing where the product consults', () => {
    for (const name of names) {
      for (const [key, text] of fileOf('zh-CN', name))
        expect(text, `${name}:${key}`).not.toMatch(/会议决定|选举/);
    }
  });
});

describe('currentText', () => {
  const page = { documentElement: { lang: '' } };
  it('puts facts in and chooses the plural of the language', async () => {
    Object.assign(globalThis, { document: page });
    await loadTexts([]);
    expect(currentText()('shell:connection.offlineWaiting', { count: 3 })).toBe('离线（3 条待发）');
    await setLocale('en', { choose: false });
    expect(page.documentElement.lang).toBe('en');
    expect(currentText()('shell:confirm.affects', { count: 1 })).toBe('This affects 1 person.');
    expect(currentText()('shell:confirm.affects', { count: 13 })).toBe('This affects 13 people.');
    await setLocale('zh-CN', { choose: false });
  });

  it('leaves braces alone that nothing fills', async () => {
    await loadTexts([]);
    expect(currentText()('errors:BALLOT_TOO_MANY')).toContain('{max}');
  });
});
