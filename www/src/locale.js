// Which language the page speaks, and its texts, fetched when first needed.

/** @typedef {typeof import('./locales/en.js').default} Texts */
/** @typedef {'en' | 'zh-CN'} Locale */

/** @type {Record<Locale, { name: string, load: () => Promise<{ default: Texts }> }>} */
export const LOCALES = {
  'zh-CN': { name: '中文', load: () => import('./locales/zh-CN.js') },
  en: { name: 'English', load: () => import('./locales/en.js') },
};

const KEY = 'goods-rank-lang';

/**
 * The locale for a language tag; null for a language that the page does not
 * speak.
 *
 * @param {string} tag
 * @returns {Locale | null}
 */
export function localeFor(tag) {
  const language = tag.toLowerCase().split(/[-_]/)[0];
  if (language === 'zh') return 'zh-CN';
  return language === 'en' ? 'en' : null;
}

/**
 * What the merchant chose before, else the first of the browser's languages
 * that the page speaks, else English.
 *
 * @returns {Locale}
 */
export function preferredLocale() {
  const tags = [remembered(), ...navigator.languages];
  return tags.map(localeFor).find((locale) => locale !== null) ?? 'en';
}

/** @param {Locale} locale */
export function remember(locale) {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // Storage may be blocked; then the choice lasts as long as the page.
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
