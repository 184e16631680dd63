import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../core/contract/locales.ts';
import { digest } from '../../../core/domain/digest.ts';
import { CONSENT_VERSIONS } from '../../../core/domain/consent.ts';
import en from '../../locales/en/words.json';
import zh from '../../locales/zh-CN/words.json';

const WORDS = { 'zh-CN': zh.consents, en: en.consents };

/** What each version said, once and for all: whoever wants other words adds a version, and leaves these as they are. */
const SAID: Readonly<Record<string, string>> = {
  'zh-CN 1': 'f6f139d268adc00faa6ffbb739f1c3313e4d15b7321bc2ca1e855552cbd5d138',
  'en 1': 'b14975a25d2d4c7bb4fe34f8b9718ea5e3fc9aed4066a38cdb74ac228dca3730',
  'zh-CN 2': 'f5205041c4d375c726908529eb95710a49f40b83582471339d9141d98a413f19',
  'en 2': '9934a11a9bbec10cc07bb86459f41f294e27b8343214f40ffa0ef34cdd5133cc',
};

describe('the words that a guest agrees to', () => {
  it('stand with each version in every language, and never change under people who agreed to them [U4]', () => {
    const found = LOCALES.flatMap((locale) =>
      CONSENT_VERSIONS.map((version) => {
        const { words, names } = WORDS[locale][`v${version}`];
        return [`${locale} ${version}`, digest(`${words}\n${names}`)];
      }),
    );
    expect(Object.fromEntries(found)).toEqual(SAID);
  });
});
