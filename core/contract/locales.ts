/** The languages of the product. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * Where a browser notes the language that its person chose: in its storage for itself, and in a cookie of the same name
 * so that the server sends the texts of that language ahead.
 */
export const LOCALE_CHOICE = 'shangliang.locale';
