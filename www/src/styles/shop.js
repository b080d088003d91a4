import { css } from 'lit';

export const shop = css`
  .shop {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 20px;
    align-items: center;
    padding: 12px 18px;
  }
  .shop-head {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
  }
  .shop-body {
    flex: 1;
    min-width: 0;
    display: grid;
    gap: 12px;
  }
  .shop-body.sales {
    flex-basis: 100%;
    padding-bottom: 4px;
  }
  .shop-body.public {
    grid-template-columns: minmax(0, 320px) minmax(0, 1fr);
    gap: 8px 18px;
    align-items: center;
  }

  .intake {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: 20px;
  }
  .drop {
    display: grid;
    place-items: center;
    gap: 8px;
    padding: 22px 16px;
    border: 1.5px dashed var(--_edge);
    border-radius: var(--_radius-small);
    text-align: center;
  }
  .drop > .icon {
    width: 26px;
    height: 26px;
    color: var(--_muted);
  }
  .drop-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: 8px;
    color: var(--_muted);
    font-size: 13px;
  }
  .drop-actions .button.primary {
    color: var(--_accent-ink);
  }
  .drop-actions .button:not(.primary) {
    color: var(--_ink);
  }
  .file {
    position: relative;
    overflow: hidden;
  }
  .file input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .file:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .columns {
    display: grid;
    gap: 6px;
    align-content: center;
    justify-items: start;
    font-size: 13px;
    color: var(--_ink-2);
  }
  .columns h3 {
    color: var(--_ink);
  }
  .paste {
    display: grid;
    gap: 8px;
    justify-items: start;
  }
  .paste label {
    font-size: 13px;
    font-weight: 550;
  }
  .private {
    display: flex;
    gap: 8px;
    color: var(--_accent);
    font-size: 13px;
  }

  .summary {
    display: flex;
    gap: 16px;
    justify-content: space-between;
    align-items: start;
  }
  .summary h3 {
    display: flex;
    gap: 6px;
    font-size: 15px;
    overflow-wrap: anywhere;
  }
  .summary h3 .icon {
    margin-top: 2px;
    color: var(--_accent);
  }
  .summary p {
    color: var(--_muted);
    font-size: 13px;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .counts li {
    padding: 3px 10px;
    border-radius: 99px;
    background: var(--_sunken);
    font-size: 13px;
    line-height: 20px;
    color: var(--_ink-2);
  }
  .counts b {
    color: var(--_ink);
    font-variant-numeric: tabular-nums;
  }
  .counts .warn,
  .counts .warn b {
    background: var(--_warn-soft);
    color: var(--_warn);
  }
  .counts .bad,
  .counts .bad b {
    background: var(--_bad-soft);
    color: var(--_bad);
  }

  .disclosure {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-left: -3px;
    padding: 2px 4px 2px 0;
    border: 0;
    border-radius: 4px;
    background: none;
    font-weight: 600;
  }
  .disclosure[aria-expanded="false"] .icon {
    transform: rotate(-90deg);
  }
  .unmatched table {
    width: 100%;
    margin-top: 6px;
    border-collapse: collapse;
    font-size: 13px;
  }
  .unmatched th {
    padding: 4px 12px 4px 0;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 550;
    text-align: left;
  }
  .unmatched td {
    padding: 6px 12px 6px 0;
    border-top: 1px solid var(--_line);
    vertical-align: middle;
  }
  .unmatched :is(th, td).line {
    width: 3.5em;
    color: var(--_muted);
    text-align: right;
  }
  .unmatched td.label {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .unmatched td.reason {
    color: var(--_warn);
    overflow-wrap: anywhere;
  }
  .unmatched .invalid td.reason {
    color: var(--_bad);
  }
  .unmatched td.reason small {
    display: block;
    color: var(--_muted);
    font-size: 12px;
  }
  .unmatched td.mend {
    width: 42%;
    min-width: 110px;
  }
  .chooser {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .chooser goods-rank-combobox {
    flex: 1;
  }
  .notice {
    padding: 10px 14px;
    border-radius: var(--_radius-small);
    background: var(--_warn-soft);
    color: var(--_warn);
  }

  @container goods-rank (max-width: 1040px) {
    .shop-body.public {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container goods-rank (max-width: 720px) {
    .shop {
      padding: 12px 14px 14px;
    }
    .shop-head,
    .shop-body,
    .shop-head .segments {
      flex-basis: 100%;
    }
    .shop-head .segments span {
      padding-inline: 6px;
    }
    .intake {
      grid-template-columns: minmax(0, 1fr);
    }
    .summary {
      flex-wrap: wrap;
    }
    .unmatched table,
    .unmatched tbody {
      display: block;
    }
    .unmatched thead {
      display: none;
    }
    .unmatched tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 2px 10px;
      padding: 8px 0;
      border-top: 1px solid var(--_line);
    }
    .unmatched td,
    .unmatched td.mend {
      width: auto;
      min-width: 0;
      padding: 0;
      border: 0;
    }
    .unmatched td.line {
      width: 2.2em;
    }
    .unmatched td.reason {
      grid-column: 2 / -1;
      grid-row: 2;
    }
    .unmatched td.mend:has(.chooser) {
      grid-column: 1 / -1;
      padding-top: 6px;
    }
  }
`;
