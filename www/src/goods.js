// What to call goods, shops and categories in the language of the page.

/** @typedef {import('goodsrank').RankedGood} RankedGood */

/**
 * Names of category paths by language: `{ 'food/tea': { 'zh-CN': '茶' } }`.
 * @typedef {Record<string, Record<string, string>>} CategoryNames
 */

/**
 * A good's title in a language: the tag itself, then shorter and shorter tags,
 * then `title`, then whatever title there is, then the id.
 *
 * @param {{ id: string, titles: Record<string, string> }} good
 * @param {string} lang
 */
export function titleOf(good, lang) {
  for (const tag of tags(lang)) {
    const title = good.titles[`title_${tag}`] ?? good.titles[`title_${tag.replaceAll('-', '_')}`];
    if (title) return title;
  }
  return good.titles.title || Object.values(good.titles).find(Boolean) || good.id;
}

/**
 * `zh-Hans-CN`, `zh-Hans`, `zh`.
 *
 * @param {string} lang
 */
function tags(lang) {
  const subtags = lang.split('-');
  return subtags.map((_, i) => subtags.slice(0, subtags.length - i).join('-'));
}

/**
 * A whole category path for people: its levels, each by its name.
 *
 * @param {string} path @param {string} lang @param {CategoryNames} names
 */
export function categoryName(path, lang, names) {
  const levels = path.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'));
  return levels.map((level) => levelName(level, lang, names)).join(' › ');
}

/**
 * The name of the last level of a category path.
 *
 * @param {string} path @param {string} lang @param {CategoryNames} names
 */
export function levelName(path, lang, names) {
  const known = names[path];
  const tag = known && tags(lang).find((tag) => known[tag]);
  if (known && tag) return known[tag];
  const last = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[_-]+/g, ' ');
  return last.charAt(0).toLocaleUpperCase(lang) + last.slice(1);
}

/**
 * The choices that a category path leads through, level by level: for `food/tea`
 * the top level, then what lies below `food`, then what lies below `food/tea`
 * if anything does.
 *
 * @param {string[]} categories in byte order; levels between may be missing
 * @param {string} chosen "" for none
 * @returns {{ parent: string, options: string[], chosen: string }[]}
 */
export function categoryLevels(categories, chosen) {
  const all = withParents(categories);
  const path = chosen === '' ? [] : chosen.split('/').map((_, i, a) => a.slice(0, i + 1).join('/'));
  const levels = [];
  for (const parent of ['', ...path]) {
    const options = all.filter((category) => parentOf(category) === parent);
    if (options.length > 0) levels.push({ parent, options, chosen: path[levels.length] ?? '' });
  }
  return levels;
}

/** @param {string[]} categories */
function withParents(categories) {
  const all = new Set();
  for (const category of categories) {
    for (let path = category; path !== ''; path = parentOf(path)) all.add(path);
  }
  return [...all].sort();
}

/** @param {string} path */
function parentOf(path) {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
