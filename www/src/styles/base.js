import { css } from 'lit';

export const base = css`
  :host {
    display: block;
    container: goods-rank / inline-size;
    background: var(--_bg);
    color: var(--_ink);
    font: 14px/1.5 var(--_font);
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    font: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 15px;
    font-weight: 650;
  }
  h3,
  h4,
  b {
    font-weight: 600;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .figure,
  output,
  td {
    font-variant-numeric: tabular-nums;
  }
  .note,
  .legend {
    color: var(--_muted);
    font-size: 13px;
  }
  .note b {
    color: var(--_ink);
    font-weight: 550;
  }
  .note > * + *::before {
    content: '·';
    margin: 0 0.5em;
    color: var(--_edge);
  }
  .icon {
    flex: none;
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .card {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  a {
    color: var(--_accent);
  }
  @media (prefers-reduced-motion: no-preference) {
    .button,
    .segments span,
    .segments button,
    .chip,
    .expand .icon,
    .disclosure .icon {
      transition:
        background-color 120ms,
        border-color 120ms,
        color 120ms,
        transform 120ms;
    }
  }
`;
