// What the merchant says of goods: buttons in each row, and what was said, with
// what it did to the weights.

import { html, nothing } from 'lit';

import { REASONS, feedbackCsv, isSaved, movedWeights, standing } from '../feedback.js';
import { titleOf } from '../goods.js';
import { save } from '../page.js';
import { failure } from './failure.js';
import { bookmark, check, chevron, cross, download, undo } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('../state.js').Result} Result
 * @typedef {import('goodsrank').RankedGood} RankedGood
 * @typedef {import('goodsrank').Feedback} Feedback
 */

/** @param {Page} page @param {RankedGood} good */
export function feedbackButtons(page, good) {
  const { t, lang, model, ui, show } = page;
  const saved = isSaved(model.said, good.id);
  const refusing = ui.refusing === good.id;
  const name = titleOf(good, lang);
  const listed = () => model.say({ good: good.id, action: 'listed' });
  const keep = () => (saved ? model.unsay(good.id) : model.say({ good: good.id, action: 'saved' }));
  const refuse = () => show({ refusing: refusing ? null : good.id });
  // A row opens its details when it is clicked; these are not meant.
  const only = (/** @type {Event} */ event) => event.stopPropagation();
  return html`<div class="say" @click=${only}>
    <button type="button" class="saying" aria-label="${t.feedback.list}: ${name}" @click=${listed}>
      ${check}${t.feedback.list}
    </button>
    <button
      type="button"
      class="saying"
      aria-pressed=${saved}
      aria-label="${t.feedback.save}: ${name}"
      @click=${keep}
    >
      ${bookmark}${saved ? t.feedback.saved : t.feedback.save}
    </button>
    <button
      type="button"
      class="saying"
      aria-expanded=${refusing}
      aria-label="${t.feedback.notForMe}: ${name}"
      @click=${refuse}
    >
      ${cross}${t.feedback.notForMe}
    </button>
    ${refusing ? reasons(page, good) : nothing}
  </div>`;
}

/** @param {Page} page @param {RankedGood} good */
function reasons({ t, model, show }, good) {
  return html`<fieldset class="reasons">
    <legend>${t.feedback.why}</legend>
    ${REASONS.map((reason) => {
      const say = () => {
        model.say({ good: good.id, action: 'notForMe', reason });
        show({ refusing: null });
      };
      return html`<button type="button" class="chip" @click=${say}>${t.feedback.reasons[reason]}</button>`;
    })}
  </fieldset>`;
}

/** @param {Page} page */
export function feedbackPanel(page) {
  const { t, format, model, ui, show } = page;
  const failed = model.failures.feedback;
  const alert = failed ? failure(page, 'feedback', failed) : nothing;
  if (model.said.length === 0) return alert;
  const entries = standing(model.said);
  const open = ui.feedbackOpen;
  return html`${alert}
    <section class="card feedback" part="feedback" aria-labelledby="feedback-title">
      <div class="feedback-head">
        <h3 id="feedback-title">
          <button
            type="button"
            class="disclosure"
            aria-expanded=${open}
            aria-controls="feedback"
            @click=${() => show({ feedbackOpen: !open })}
          >
            ${chevron}${t.feedback.title(format.count(entries.length))}
          </button>
        </h3>
        <button type="button" class="link" @click=${() => model.undoFeedback()}>
          ${undo}${t.feedback.undo}
        </button>
      </div>
      ${moved(page)}
      <div id="feedback" ?hidden=${!open}>${open ? body(page, entries) : nothing}</div>
    </section>`;
}

/** How many weights are named while what was said is not listed. */
const NAMED = 4;

/** @param {Page} page */
function moved({ t, format, model, ui }) {
  if (model.result === null) return nothing;
  const all = movedWeights(model.filters.weights, model.result.ranking.policy);
  if (all.length === 0) return html`<p class="note">${t.feedback.unmoved}</p>`;
  const named = ui.feedbackOpen ? all : all.slice(0, NAMED);
  const others = all.length - named.length;
  return html`<ul class="moved" aria-label=${t.feedback.moved}>
    ${named.map(({ term, from, to }) => {
      const words = to > from ? t.feedback.more : t.feedback.less;
      return html`<li class=${term}>
        <span class="swatch" aria-hidden="true"></span>
        ${words(t.terms[term])}
        <span class="figure">${format.weight(from)} → ${format.weight(to)}</span>
      </li>`;
    })}
    ${others === 0 ? nothing : html`<li class="note">${t.feedback.others(format.count(others))}</li>`}
  </ul>`;
}

/** @param {Page} page @param {Feedback[]} entries */
function body(page, entries) {
  const { t, model } = page;
  const title = (/** @type {string} */ id) => nameOf(page, id);
  const file = () => save(feedbackCsv(model.said, title), `goodsrank-${t.feedback.file}.csv`);
  return html`<ul class="said">
      ${entries.map((entry) => said(page, entry))}
    </ul>
    <div class="feedback-foot">
      <p class="note">${t.feedback.kept}</p>
      <button type="button" class="button small" @click=${file}>
        ${download}${t.feedback.export}
      </button>
      <button type="button" class="button small" @click=${() => model.forgetFeedback()}>
        ${t.feedback.forget}
      </button>
    </div>`;
}

/** @param {Page} page @param {Feedback} entry */
function said(page, { good, action, reason = 'other' }) {
  const { t, model } = page;
  const what = { listed: t.feedback.wasListed, saved: t.feedback.saved, notForMe: t.feedback.notForMe };
  const why = action === 'notForMe' ? ` · ${t.feedback.reasons[reason]}` : '';
  const name = nameOf(page, good);
  return html`<li>
    <span>${name}</span><small>${what[action]}${why}</small>
    <button
      type="button"
      class="expand"
      aria-label="${t.feedback.remove}: ${name}"
      title=${t.feedback.remove}
      @click=${() => model.unsay(good)}
    >
      ${cross}
    </button>
  </li>`;
}

/** @param {Page} page @param {string} id */
function nameOf({ lang, model }, id) {
  const good = model.good(id);
  return good === null ? id : titleOf(good, lang);
}
