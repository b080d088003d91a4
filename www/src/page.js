// What every view is given to draw itself with.

/**
 * What is open, typed or pointed at: the state of the page that is not the
 * model's.
 *
 * @typedef {object} Ui
 * @property {Set<string>} expanded ids of the goods whose details are shown
 * @property {Set<string>} stacked ids of the goods whose offers behind them are shown
 * @property {string | null} refusing id of the good whose reasons are offered
 * @property {boolean} feedbackOpen what was said is listed
 * @property {boolean} filtersOpen on a narrow screen
 * @property {boolean} weightsOpen the sliders are shown
 * @property {boolean} costsOpen the channel's costs are shown
 * @property {boolean} moreOpen the filters of supply and risk are shown
 * @property {boolean} dragging a file is over the page
 * @property {boolean} pasting the field to paste rows into is shown
 * @property {string} pasted
 * @property {boolean} unmatchedOpen
 * @property {number} unmatchedShown rows of the list that are drawn
 * @property {number | null} mending line of the row whose good is being chosen
 *
 * @typedef {object} Page
 * @property {import('./state.js').Model} model
 * @property {Ui} ui
 * @property {(change: Partial<Ui>) => void} show changes `ui` and draws again
 * @property {import('./locale.js').Texts} t
 * @property {import('./locale.js').Locale} lang
 * @property {import('./format.js').Format} format
 * @property {import('./goods.js').CategoryNames} categoryNames
 * @property {(locale: import('./locale.js').Locale) => void} speak
 * @property {() => void} reload
 */

/** How many unmatched rows are drawn at first: the ranking stays in sight. */
export const UNMATCHED_FIRST = 5;

/** @returns {Ui} */
export function initialUi() {
  return {
    expanded: new Set(),
    stacked: new Set(),
    refusing: null,
    feedbackOpen: false,
    filtersOpen: false,
    weightsOpen: false,
    costsOpen: false,
    moreOpen: false,
    dragging: false,
    pasting: false,
    pasted: '',
    unmatchedOpen: true,
    unmatchedShown: UNMATCHED_FIRST,
    mending: null,
  };
}

/**
 * Hands a text to the browser to be saved as a file. It does not leave the
 * machine.
 *
 * @param {string} text @param {string} name
 */
export function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * The field that an event comes from.
 *
 * @param {Event} event
 */
export function field(event) {
  return /** @type {HTMLInputElement} */ (event.currentTarget);
}
