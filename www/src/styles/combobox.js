// Reads the tokens that the element around it sets.

import { css } from 'lit';

export const combobox = css`
  :host {
    display: block;
    position: relative;
    font: inherit;
  }
  * {
    box-sizing: border-box;
  }
  label {
    display: block;
    margin-bottom: 4px;
    color: var(--_ink-2);
    font-size: 13px;
    font-weight: 550;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .box {
    position: relative;
  }
  input {
    width: 100%;
    min-height: 36px;
    padding: 6px 30px 6px 10px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    text-overflow: ellipsis;
  }
  input:hover {
    border-color: var(--_muted);
  }
  input:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .caret {
    position: absolute;
    right: 11px;
    top: 50%;
    width: 7px;
    height: 7px;
    border: solid var(--_muted);
    border-width: 0 1.6px 1.6px 0;
    transform: translateY(-70%) rotate(45deg);
    pointer-events: none;
  }
  .clear {
    position: absolute;
    right: 28px;
    top: calc(50% - 11px);
    width: 22px;
    height: 22px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .clear::before {
    content: '×';
    font-size: 17px;
    line-height: 22px;
  }
  .clear:hover {
    background: var(--_sunken);
    color: var(--_ink);
  }
  .clear:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .popup {
    position: absolute;
    z-index: 10;
    left: 0;
    right: 0;
    margin-top: 4px;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    box-shadow: var(--_lift);
  }
  ul {
    max-height: 290px;
    overflow: auto;
    scrollbar-width: thin;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 10px;
    padding: 6px 8px;
    border-radius: calc(var(--_radius-small) - 2px);
    cursor: pointer;
  }
  li:hover,
  li.active {
    background: var(--_accent-soft);
  }
  li[aria-selected='true'] {
    font-weight: 600;
  }
  small {
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  p {
    margin: 0;
    padding: 6px 8px;
    color: var(--_muted);
    font-size: 13px;
  }
`;
