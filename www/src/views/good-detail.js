// Everything that is known of a ranked good: the score to the last digit, the
// shop's goods behind it, and the catalog's columns.

import { html, nothing } from 'lit';

import { exactNats } from '../format.js';
import { categoryName, titleOf } from '../goods.js';
import { TERMS } from '../policy.js';
import { nameOf } from '../sentence.js';
import { usersFor } from './users-panel.js';
import { bar } from './why.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').Because} Because
 */

/** @param {Page} page @param {RankedGood} good */
export function goodDetail(page, good) {
  return html`<div class="detail" part="detail">
    ${exactScore(page, good)} ${behindFit(page, good)} ${facts(page, good)}
    ${usersFor(page, good)}
  </div>`;
}

/** @param {Page} page @param {RankedGood} good */
function exactScore({ t, format, model }, good) {
  return html`<section>
    <h4>${t.detail.score}</h4>
    <table class="exact">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${t.detail.nats}</th>
          <th scope="col">${t.detail.micro}</th>
        </tr>
      </thead>
      <tbody>
        ${TERMS.map((term) => {
          const weighed = (model.result?.ranking.policy[term] ?? 0) > 0 || good.terms[term] !== 0;
          const unknown = good.unknown.includes(term);
          const note = unknown ? t.terms.unknown : weighed ? '' : t.terms.notWeighed;
          return html`<tr class="${term} ${weighed && !unknown ? '' : 'out'}">
            <th scope="row" title=${t.terms[`${term}Hint`]}>
              <span class="swatch" aria-hidden="true"></span>${t.terms[term]}
              ${note === '' ? nothing : html`<small>${note}</small>`}
            </th>
            <td>${unknown ? '–' : exactNats(good.terms[term])}</td>
            <td>${unknown ? '–' : format.count(good.terms[term])}</td>
          </tr>`;
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${t.terms.sum}</th>
          <td>${exactNats(good.score)}</td>
          <td>${format.count(good.score)}</td>
        </tr>
      </tfoot>
    </table>
  </section>`;
}

/** @param {Page} page @param {RankedGood} good */
function behindFit(page, good) {
  const { t } = page;
  return html`<section>
    <h4>${t.detail.because}</h4>
    ${
      good.because.length === 0
        ? html`<p class="note">${t.detail.becauseNone}</p>`
        : html`<ul class="because">
          ${good.because.map((because) => becauseRow(page, because))}
        </ul>`
    }
  </section>`;
}

/** @param {Page} page @param {Because} because */
function becauseRow({ t, format, model }, because) {
  const against = because.share < 0;
  const share = Math.min(1, Math.abs(because.share));
  const name = nameOf(because, format.lang, (id) => model.good(id));
  return html`<li class=${against ? 'against' : ''}>
    <span>${name}</span>
    <span class="figure">${format.percent(share)}</span>
    ${bar(share, { low: 0, high: 1 })}
    ${against ? html`<small>${t.detail.speaksAgainst}</small>` : nothing}
  </li>`;
}

/** @param {Page} page @param {RankedGood} good */
function facts(page, good) {
  const { t, lang, format, categoryNames } = page;
  const { supplier, category, moq, leadTimeDays: lead, spread } = good;
  const unknown = html`<i>${t.detail.unknown}</i>`;
  /** @type {[string, unknown][]} */
  const known = [
    [t.detail.id, good.id],
    ...otherTitles(page, good),
    [t.detail.category, category === null ? unknown : categoryName(category, lang, categoryNames)],
    [
      t.detail.supplier,
      supplier === null ? unknown : [supplier.name, supplier.id].filter(Boolean).join(' · '),
    ],
    [t.detail.moq, moq === null ? unknown : format.count(moq)],
    [t.detail.lead, lead === null ? unknown : t.results.lead(lead, format.count(lead))],
    [
      t.detail.spread,
      spread === null ? unknown : t.detail.brings(format.count(Math.round(100 * (spread - 1)) / 100)),
    ],
    [t.risks.label, risks(page, good)],
    ...columns(page, good),
  ];
  return html`<section>
    <h4>${t.detail.facts}</h4>
    ${picture(good, 'picture')}
    <dl class="facts-list">
      ${known.map(([key, value]) => html`<dt>${key}</dt><dd>${value}</dd>`)}
    </dl>
  </section>`;
}

/** @param {Page} page @param {RankedGood} good */
function risks({ t }, good) {
  if (good.risks.length === 0) return t.risks.none;
  return html`<ul>
    ${good.risks.map((risk) => html`<li><b>${t.risks[risk]}</b> · ${t.risks[`${risk}Hint`]}</li>`)}
  </ul>`;
}

/**
 * The titles that are not over the row already.
 *
 * @param {Page} page @param {RankedGood} good
 * @returns {[string, string][]}
 */
function otherTitles({ t, lang }, good) {
  const shown = titleOf(good, lang);
  const others = Object.entries(good.titles).filter(
    ([key, title]) => key !== 'title' && title !== shown,
  );
  return others.map(([key, title]) => [
    t.detail.titleIn(languageName(key.slice('title_'.length), lang)),
    title,
  ]);
}

/** @param {string} tag @param {string} lang */
function languageName(tag, lang) {
  try {
    return new Intl.DisplayNames(lang, { type: 'language' }).of(tag.replaceAll('_', '-')) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * @param {Page} page @param {RankedGood} good
 * @returns {[string, unknown][]}
 */
function columns({ t, format }, good) {
  const names = /** @type {Record<string, string>} */ (t.detail.columns);
  const filled = Object.entries(good.details).filter(([, value]) => value !== '');
  /** @type {Record<string, (value: string) => unknown>} */
  const shown = {
    attributes,
    ships_to: (value) => format.list(value.split(/[\s,;|]+/).filter(Boolean).map(format.place)),
  };
  return filled.map(([key, value]) => {
    return [names[key] ?? key, (shown[key] ?? ((text) => linked(t, text)))(value)];
  });
}

/**
 * Attributes are an object in JSON; what is none is shown as it is.
 *
 * @param {string} json
 */
function attributes(json) {
  try {
    const pairs = Object.entries(JSON.parse(json));
    return pairs.map(([key, value]) => `${key}: ${value}`).join(' · ');
  } catch {
    return json;
  }
}

/**
 * A web address becomes a link; it is followed only on a click, and without
 * saying from where.
 *
 * @param {Page['t']} t @param {string} value
 */
function linked(t, value) {
  if (!/^https?:\/\//i.test(value)) return value;
  return html`<a href=${value} target="_blank" rel="noopener noreferrer" title=${t.detail.open}
    >${value}</a
  >`;
}

/**
 * The good's picture, where it comes from the page's own origin. Fetching
 * others would tell strangers what is ranked here; they are links among the
 * columns.
 *
 * @param {RankedGood} good @param {string} kind
 */
export function picture(good, kind) {
  const url = good.details.image_url;
  if (!url || !isOwn(url)) return nothing;
  return html`<img class=${kind} src=${url} alt="" loading="lazy" decoding="async" />`;
}

/** @param {string} url */
function isOwn(url) {
  try {
    const { protocol, origin } = new URL(url, document.baseURI);
    return origin === location.origin && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
}
