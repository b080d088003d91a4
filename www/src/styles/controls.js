import { css } from 'lit';

export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 34px;
    padding: 0 12px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font-weight: 550;
    white-space: nowrap;
    cursor: pointer;
  }
  .button:hover {
    background: var(--_sunken);
  }
  .button.small {
    min-height: 28px;
    padding: 0 10px;
    font-size: 13px;
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_ink));
  }
  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .link {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 2px 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_accent);
    font-weight: 550;
    font-size: 13px;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  input[type='text'],
  input[type='search'],
  select,
  textarea {
    width: 100%;
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-small);
    background: var(--_surface);
  }
  textarea {
    font: 13px/1.5 var(--_mono);
    resize: vertical;
  }
  select {
    appearance: none;
    padding-right: 30px;
    background: var(--_surface) no-repeat right 12px center / 10px 6px;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--_muted) 50%),
      linear-gradient(-45deg, transparent 50%, var(--_muted) 50%);
    background-size: 5px 5px;
    background-position:
      right 15px center,
      right 10px center;
    text-overflow: ellipsis;
  }
  select option {
    background: var(--_surface);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  :is(input[type='text'], input[type='search'], select, textarea):hover {
    border-color: var(--_muted);
  }
  :is(input[type='text'], input[type='search'], select, textarea):focus-visible {
    outline-offset: -1px;
  }

  .segments {
    display: inline-flex;
    padding: 3px;
    border-radius: var(--_radius-small);
    background: var(--_sunken);
  }
  .segments.wide {
    display: flex;
  }
  .segments label {
    flex: 1;
    position: relative;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments :is(span, button) {
    display: block;
    padding: 4px 12px;
    border: 0;
    border-radius: calc(var(--_radius-small) - 2px);
    background: none;
    color: var(--_ink-2);
    font-size: 13px;
    font-weight: 550;
    text-align: center;
    white-space: nowrap;
  }
  .segments :is(label, button):hover,
  .segments label:hover span {
    color: var(--_ink);
  }
  .segments :is(input:checked + span, button[aria-pressed='true']) {
    background: var(--_raised);
    color: var(--_ink);
    box-shadow: 0 0 0 1px var(--_line);
  }
  .segments input:focus-visible + span {
    outline: 2px solid var(--_accent);
  }

  .choices {
    display: grid;
    padding: 3px;
    border-radius: var(--_radius-small);
    background: var(--_sunken);
  }
  .choices label {
    position: relative;
    display: grid;
    grid-template-columns: 72px minmax(0, 1fr);
    gap: 8px;
    align-items: baseline;
    padding: 3px 10px;
    border-radius: calc(var(--_radius-small) - 2px);
    color: var(--_ink-2);
  }
  .choices input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choices span {
    font-size: 13px;
    font-weight: 550;
    white-space: nowrap;
  }
  .choices small {
    overflow: hidden;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .choices label:hover span,
  .choices input:checked + span {
    color: var(--_ink);
  }
  .choices label:has(input:checked) {
    background: var(--_raised);
    box-shadow: 0 0 0 1px var(--_line);
  }
  .choices label:has(input:focus-visible) {
    outline: 2px solid var(--_accent);
  }

  .number {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 72px 30px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  .number span {
    line-height: 1.3;
  }
  .number input[type='text'] {
    min-height: 30px;
    padding: 3px 8px;
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .number input[aria-invalid='true'] {
    border-color: var(--_warn);
  }
  .number small {
    color: var(--_muted);
    font-size: 12px;
  }
  .checks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    gap: 4px 10px;
  }
  .field .checks label {
    display: flex;
    gap: 7px;
    align-items: center;
    margin: 0;
    color: var(--_ink);
    font-weight: 400;
    cursor: pointer;
  }
  .checks input {
    flex: none;
    width: 15px;
    height: 15px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .toggle {
    display: flex;
    align-items: center;
    gap: 10px;
    cursor: pointer;
  }
  .toggle input {
    appearance: none;
    flex: none;
    position: relative;
    width: 34px;
    height: 20px;
    margin: 0;
    border-radius: 10px;
    background: var(--_muted);
    cursor: pointer;
  }
  .toggle input::after {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 14px;
    height: 14px;
    border-radius: 50%;
    background: var(--_surface);
  }
  .toggle input:checked {
    background: var(--_accent);
  }
  .toggle input:checked::after {
    left: 17px;
  }

  input[type='range'] {
    appearance: none;
    width: 100%;
    height: 20px;
    margin: 0;
    background: none;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_term, var(--_accent)) 35%, var(--_sunken));
  }
  input[type='range']::-moz-range-track {
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_term, var(--_accent)) 35%, var(--_sunken));
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 16px;
    height: 16px;
    margin-top: -6px;
    border: 2px solid var(--_surface);
    border-radius: 50%;
    background: var(--_term, var(--_accent));
    box-shadow: 0 0 0 1px var(--_edge);
  }
  input[type='range']::-moz-range-thumb {
    width: 12px;
    height: 12px;
    border: 2px solid var(--_surface);
    border-radius: 50%;
    background: var(--_term, var(--_accent));
    box-shadow: 0 0 0 1px var(--_edge);
  }

  .fit {
    --_term: var(--_fit);
  }
  .temperature {
    --_term: var(--_temperature);
  }
  .priceFit {
    --_term: var(--_price-fit);
  }
  :is(.trend, .spread, .season) {
    --_term: var(--_trend);
  }
  :is(.margin, .priceAdvantage, .rivals) {
    --_term: var(--_earnings);
  }
  :is(.moq, .leadTime, .fillRate) {
    --_term: var(--_supply);
  }
  :is(.reviews, .returns, .selection) {
    --_term: var(--_trust);
  }
  .risk {
    --_term: var(--_bad);
  }
  .swatch {
    flex: none;
    display: inline-block;
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: var(--_term);
  }
`;
