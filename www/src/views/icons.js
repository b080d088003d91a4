// Drawings, as templates: the page fetches no picture of its own.

import { svg, html } from 'lit';

/** @param {import('lit').TemplateResult<2>} paths */
const icon = (paths) =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${paths}</svg>`;

/** Three parts of a score on one axis. */
export const mark = html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
  <rect class="mark-ground" width="32" height="32" rx="8" />
  <rect class="mark-bar" x="7" y="8" width="14" height="4" rx="2" />
  <rect class="mark-bar" x="17" y="14" width="8" height="4" rx="2" />
  <rect class="mark-bar" x="12" y="20" width="9" height="4" rx="2" />
  <rect class="mark-axis" x="16.25" y="6" width="1.5" height="20" rx=".75" />
</svg>`;

export const lock = icon(
  svg`<rect x="4" y="9" width="12" height="8" rx="2"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
);
export const upload = icon(svg`<path d="M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v3h12v-3"/>`);
export const download = icon(svg`<path d="M10 4v9M6.5 9.5 10 13l3.5-3.5M4 16h12"/>`);
export const bolt = icon(svg`<path d="M11 3 5 11h4l-1 6 6-8h-4l1-6z"/>`);
export const chevron = icon(svg`<path d="m6 8 4 4 4-4"/>`);
export const cross = icon(svg`<path d="m6 6 8 8M14 6l-8 8"/>`);
export const warning = icon(svg`<path d="M10 3 2.5 16.5h15L10 3zM10 8.5v3.5M10 14.2v.1"/>`);
export const check = icon(svg`<path d="m5 10.5 3.5 3.5L15 7"/>`);
export const sliders = icon(
  svg`<path d="M4 6h7m4 0h1M4 14h1m4 0h7"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>`,
);
export const bookmark = icon(svg`<path d="M6 4h8v12l-4-3-4 3z"/>`);
export const undo = icon(svg`<path d="M7.5 5 4 8.5 7.5 12M4.5 8.5H12a3.5 3.5 0 0 1 0 7H9"/>`);
export const search = icon(svg`<circle cx="9" cy="9" r="4.5"/><path d="m12.5 12.5 3.5 3.5"/>`);
