import { css } from 'lit';

export const filters = css`
  .filters {
    position: sticky;
    top: 12px;
    max-height: calc(100vh - 24px);
    overflow: auto;
    scrollbar-width: thin;
  }
  .filters-toggle {
    display: none;
    width: 100%;
    align-items: center;
    gap: 8px;
    padding: 10px 14px;
    border: 0;
    background: none;
    font-weight: 600;
  }
  .filters-toggle span {
    flex: 1;
    text-align: start;
  }
  .filters-toggle[aria-expanded='true'] .icon:last-child {
    transform: rotate(180deg);
  }
  .filters-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    padding: 16px 18px 18px;
  }
  .policy,
  .channel {
    display: grid;
    gap: 10px;
    padding-bottom: 14px;
    border-bottom: 1px solid var(--_line);
  }
  .channel .segments span {
    padding-inline: 4px;
  }
  .filters .disclosure {
    justify-self: start;
    color: var(--_ink-2);
    font-size: 13px;
    font-weight: 550;
  }
  .weights,
  .costs,
  .more-body {
    display: grid;
    gap: 10px;
  }
  .costs {
    gap: 6px;
  }
  .costs .note {
    margin-top: 4px;
    font-size: 12px;
  }
  .more-body {
    margin-top: 8px;
  }
  .weights fieldset {
    display: grid;
    gap: 3px;
  }
  .weights legend {
    margin-bottom: 2px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 550;
  }
  .weight {
    display: grid;
    grid-template-columns: 8px 70px minmax(0, 1fr) 32px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  .weight output {
    color: var(--_muted);
    text-align: right;
  }
  .filters-head {
    display: flex;
    justify-content: space-between;
    align-items: center;
    margin-bottom: -6px;
  }
  .field label,
  .field legend {
    display: block;
    margin-bottom: 4px;
    color: var(--_ink-2);
    font-size: 13px;
    font-weight: 550;
  }
  .field select + select {
    margin-top: 6px;
  }
  .with-icon {
    position: relative;
  }
  .with-icon .icon {
    position: absolute;
    left: 9px;
    top: 9px;
    color: var(--_muted);
    pointer-events: none;
  }
  .with-icon input {
    padding-left: 32px;
  }
  .range {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .fault {
    margin-top: 4px;
    color: var(--_warn);
    font-size: 12px;
  }
  .fault:empty {
    display: none;
  }

  @container goods-rank (max-width: 1040px) {
    .filters {
      position: static;
      max-height: none;
      overflow: visible;
    }
    .filters-toggle {
      display: flex;
    }
    .filters-body {
      display: none;
      border-top: 1px solid var(--_line);
      padding: 14px;
    }
    .filters.open .filters-body {
      display: grid;
    }
  }
`;
