// Where the shop sells: a preset, or costs of its own. Margin counts them.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { CHANNELS, COSTS, SHARES, toChannel } from '../channel.js';
import { field } from '../page.js';
import { chevron } from './icons.js';

/**
 * @typedef {import('../page.js').Page} Page
 * @typedef {import('goodsrank').Channel} Channel
 * @typedef {import('goodsrank').ChannelName} ChannelName
 */

/** @param {Page} page */
export function channelPanel(page) {
  const { t, ui, show, model } = page;
  const custom = model.filters.channel === 'custom';
  return html`<div class="channel" part="channel">
    <h2 id="channel">${t.channel.title}</h2>
    ${presets(page)}
    <button
      type="button"
      class="disclosure"
      aria-expanded=${ui.costsOpen}
      aria-controls="costs"
      @click=${() => show({ costsOpen: !ui.costsOpen })}
    >
      ${chevron}${custom ? t.channel.custom : t.channel.costs}
    </button>
    <div id="costs" class="costs" ?hidden=${!ui.costsOpen}>
      ${ui.costsOpen ? costs(page) : nothing}
    </div>
  </div>`;
}

/** @param {Page} page */
function presets({ t, model }) {
  const all = /** @type {ChannelName[]} */ (Object.keys(CHANNELS));
  return html`<fieldset class="segments wide" aria-labelledby="channel">
    ${all.map(
      (channel) =>
        html`<label>
          <input
            type="radio"
            name="channel"
            value=${channel}
            .checked=${live(model.filters.channel === channel)}
            @change=${() => model.sellAt(channel)}
          /><span>${t.channel[channel]}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** @param {Page} page */
function costs(page) {
  const { t, model } = page;
  const { faults } = toChannel(model.filters.costs, model.info.exponent);
  return html`${COSTS.map((name) => cost(page, name, faults.includes(name)))}
    <p id="cost-fault" class="fault" role="status">${faults.length > 0 ? t.channel.fault : nothing}</p>
    <p class="note">${t.channel.hint}</p>`;
}

/** @param {Page} page @param {keyof Channel} name @param {boolean} fault */
function cost({ t, model }, name, fault) {
  return html`<label class="number">
    <span>${t.channel.fields[name]}</span>
    <input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      aria-invalid=${fault}
      aria-describedby="cost-fault"
      .value=${live(model.filters.costs[name])}
      @input=${(/** @type {Event} */ event) => model.sellAt({ [name]: field(event).value })}
    />
    <small>${name in SHARES ? '%' : model.info.currency}</small>
  </label>`;
}
