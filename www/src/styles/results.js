import { css } from 'lit';

export const results = css`
  .results {
    display: grid;
    gap: 12px;
    min-width: 0;
  }
  .results-head {
    display: flex;
    gap: 8px 14px;
    align-items: end;
  }
  .results-head > div {
    flex: 1;
    min-width: 0;
  }
  .results-head h2 {
    font-size: 18px;
    line-height: 1.3;
  }
  .time {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .time .icon {
    width: 15px;
    height: 15px;
    color: var(--_accent);
  }
  .limit {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--_muted);
    font-size: 13px;
  }
  .limit select {
    width: auto;
    min-height: 34px;
    color: var(--_ink);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    padding: 2px 5px 2px 11px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 13px;
    font-weight: 550;
  }
  .chip:hover {
    border-color: var(--_accent);
  }
  .chip .icon {
    width: 16px;
    height: 16px;
  }

  .list-head,
  .row {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr) 86px 248px 74px 24px;
    column-gap: 14px;
  }
  .list-head {
    padding: 0 14px 0 10px;
    margin-bottom: -6px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 550;
  }
  .end {
    text-align: right;
  }
  .list {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  .good {
    content-visibility: auto;
    contain-intrinsic-size: auto none auto 106px;
  }
  .good + .good {
    border-top: 1px solid var(--_line);
  }
  .row {
    align-items: center;
    padding: 12px 14px 12px 10px;
    cursor: pointer;
  }
  .row:hover,
  .good.open > .row {
    background: color-mix(in srgb, var(--_sunken) 45%, var(--_surface));
  }
  .rank {
    align-self: start;
    color: var(--_muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    line-height: 22px;
    text-align: right;
  }
  .what {
    align-self: start;
    display: flex;
    gap: 12px;
    min-width: 0;
  }
  .what > div {
    min-width: 0;
  }
  .thumb {
    flex: none;
    width: 52px;
    height: 52px;
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    object-fit: cover;
  }
  .title {
    font-size: 15px;
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    color: var(--_muted);
    font-size: 12.5px;
  }
  .meta li:not(:last-child)::after {
    content: '·';
    margin: 0 0.5em;
    color: var(--_edge);
  }
  .sentence {
    margin-top: 3px;
    color: var(--_ink-2);
    font-size: 13px;
    line-height: 1.45;
    text-wrap: pretty;
  }
  .price {
    font-weight: 600;
    text-align: right;
  }
  .price small {
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
  }
  .score {
    padding-left: 10px;
    border-left: 1px solid var(--_line);
    font-size: 16px;
    line-height: 54px;
    text-align: right;
  }
  .score-label {
    position: absolute;
    clip-path: inset(50%);
  }
  .expand {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    margin: 0 -4px;
    padding: 0;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
  }
  .expand[aria-expanded='true'] .icon {
    transform: rotate(180deg);
  }

  .risks {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-top: 3px;
  }
  .risks li {
    padding: 0 7px;
    border-radius: 4px;
    background: var(--_warn-soft);
    color: var(--_warn);
    font-size: 12px;
    font-weight: 550;
    line-height: 19px;
  }
  .risks .grave {
    background: var(--_bad-soft);
    color: var(--_bad);
  }
  .risks .mild {
    background: var(--_sunken);
    color: var(--_ink-2);
  }

  .why {
    display: grid;
    gap: 5px;
    font-size: 12px;
    line-height: 18px;
  }
  .bars {
    display: grid;
    gap: 2px;
  }
  .bars .part {
    display: grid;
    grid-template-columns: 62px minmax(0, 1fr) 52px;
    gap: 8px;
    align-items: center;
  }
  .figures {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0 12px;
    font-size: 11.5px;
    line-height: 16px;
  }
  .figures .part {
    display: flex;
    gap: 6px;
    justify-content: space-between;
  }
  .part dt {
    color: var(--_muted);
    white-space: nowrap;
  }
  .part .figure {
    text-align: right;
    white-space: nowrap;
  }
  .part.unknown dd {
    color: var(--_muted);
    font-style: italic;
  }
  :is(.bar, .because) svg {
    display: block;
  }
  .track {
    fill: var(--_sunken);
  }
  .value {
    fill: var(--_term, var(--_fit));
  }
  .zero {
    fill: var(--_muted);
  }
  .legend {
    max-width: 80ch;
    font-size: 12px;
  }

  .empty {
    display: grid;
    gap: 12px;
    justify-items: start;
    padding: 28px 26px;
  }
  .empty h3 {
    font-size: 17px;
  }
  .empty > p {
    color: var(--_ink-2);
  }
  .empty ul {
    display: grid;
    gap: 8px;
  }
  .empty li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
  }
  .gives {
    color: var(--_accent);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .gives.none {
    color: var(--_muted);
    font-weight: 400;
  }

  @container goods-rank (max-width: 1120px) {
    .list-head,
    .row {
      grid-template-columns: 26px minmax(0, 1fr) 84px 208px 68px 24px;
      column-gap: 12px;
    }
  }
  @container goods-rank (max-width: 720px) {
    .results-head {
      flex-wrap: wrap;
    }
    .results-head > div {
      flex-basis: 100%;
    }
    .limit {
      flex: 1;
    }
    .list-head {
      display: none;
    }
    .row {
      grid-template-columns: 22px minmax(0, 1fr) auto 24px;
      grid-template-areas:
        'rank what what expand'
        '. why why why'
        '. price score score';
      gap: 8px;
      padding: 12px 12px 12px 6px;
    }
    .rank {
      grid-area: rank;
    }
    .what {
      grid-area: what;
    }
    .row .why {
      grid-area: why;
      max-width: 420px;
    }
    .price {
      grid-area: price;
      text-align: left;
      font-size: 15px;
    }
    .score {
      grid-area: score;
      padding: 0;
      border: 0;
      line-height: inherit;
    }
    .score-label {
      position: static;
      clip-path: none;
      color: var(--_muted);
      font-size: 12px;
    }
    .expand {
      grid-area: expand;
      align-self: start;
    }
  }
`;
