import { css } from 'lit';

export const feedback = css`
  .say {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 4px;
    margin: 6px 0 0 -7px;
    cursor: default;
  }
  .saying {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    padding: 2px 8px 2px 5px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
    font-size: 12.5px;
    font-weight: 550;
    white-space: nowrap;
  }
  .saying .icon {
    width: 15px;
    height: 15px;
  }
  .saying:hover,
  .saying[aria-expanded='true'] {
    border-color: var(--_line);
    background: var(--_surface);
    color: var(--_ink);
  }
  .saying[aria-pressed='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .saying[aria-pressed='true'] .icon {
    fill: currentColor;
  }
  .reasons {
    flex-basis: 100%;
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    padding: 2px 0 2px 7px;
  }
  .reasons legend {
    margin-bottom: 4px;
    color: var(--_muted);
    font-size: 12px;
  }
  .reasons .chip {
    padding: 2px 10px;
  }

  .feedback {
    display: grid;
    gap: 8px;
    padding: 10px 14px 12px;
  }
  .feedback-head,
  .feedback-foot {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
  }
  .feedback-head h3,
  .feedback-foot .note {
    flex: 1;
  }
  .feedback-foot .note {
    min-width: 180px;
    font-size: 12px;
  }
  .feedback .link .icon {
    width: 16px;
    height: 16px;
  }
  .moved {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    font-size: 13px;
  }
  .moved .swatch {
    margin-right: 4px;
  }
  .moved .figure {
    margin-left: 4px;
    color: var(--_muted);
    white-space: nowrap;
  }
  .said {
    max-height: 260px;
    margin-bottom: 10px;
    overflow: auto;
    border-block: 1px solid var(--_line);
    scrollbar-width: thin;
  }
  .said li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 28px;
    gap: 10px;
    align-items: center;
    padding: 3px 6px 3px 0;
    font-size: 13px;
  }
  .said .expand {
    grid-area: auto;
    align-self: center;
    margin: 0;
  }
  .said li + li {
    border-top: 1px solid var(--_line);
  }
  .said small {
    color: var(--_muted);
    font-size: 12px;
    text-align: right;
  }

  .diversity {
    display: grid;
    gap: 8px;
  }
  .diversity .toggle,
  .field.diversity label {
    margin: 0;
    color: var(--_ink);
    font-weight: 400;
  }
  .field.diversity label.toggle {
    display: flex;
  }
  .field.diversity label.number {
    display: grid;
  }
  .number.explore {
    grid-template-columns: minmax(0, 1fr) 110px;
  }
  .number.explore select {
    min-height: 30px;
    padding-block: 3px;
  }
  .diversity .link {
    justify-self: end;
  }
  .drawn {
    justify-self: start;
    width: fit-content;
    margin-top: 3px;
    padding: 0 7px;
    border-radius: 4px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 12px;
    font-weight: 550;
    line-height: 19px;
  }
  .stack {
    margin-top: 4px;
    color: var(--_ink-2);
    font-size: 12.5px;
    font-weight: 550;
  }
  .offers {
    margin: 2px 0 2px 6px;
    padding-left: 12px;
    border-left: 2px solid var(--_line);
    font-size: 12.5px;
    cursor: default;
  }
  .offers li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 56px;
    gap: 10px;
    padding: 2px 0;
  }
  .offers .figure {
    text-align: right;
  }
  .offers small {
    display: block;
    color: var(--_muted);
    font-size: 12px;
  }
`;
