import { css } from 'lit';

export const users = css`
  .shop-body.users {
    flex-basis: 100%;
    padding-bottom: 4px;
  }
  .asset {
    font-size: 13px;
    color: var(--_ink-2);
  }
  .asset b {
    margin-right: 6px;
    color: var(--_ink);
    font-size: 15px;
  }
  .tables {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: 12px 32px;
    align-items: start;
  }
  table.users {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  table.users :is(th, td) {
    padding: 4px 0 4px 12px;
    border-top: 1px solid var(--_line);
    font-weight: 400;
    text-align: right;
  }
  table.users :is(th, td):first-child {
    padding-left: 0;
    text-align: left;
    overflow-wrap: anywhere;
  }
  table.users thead th {
    border: 0;
    color: var(--_muted);
    font-size: 12px;
  }
  .detail .wants {
    grid-column: 1 / -1;
  }
  .wants td:last-child {
    overflow-wrap: anywhere;
  }

  @container goods-rank (max-width: 720px) {
    .tables {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
