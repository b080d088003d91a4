import { css } from 'lit';

export const detail = css`
  .detail {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr) minmax(0, 1.1fr);
    gap: 20px 32px;
    padding: 14px 22px 20px 56px;
    background: color-mix(in srgb, var(--_sunken) 45%, var(--_surface));
    font-size: 13px;
  }
  .detail h4 {
    margin-bottom: 8px;
    color: var(--_muted);
    font-size: 12px;
  }
  .exact {
    width: 100%;
    border-collapse: collapse;
  }
  .exact :is(th, td) {
    padding: 3px 0 3px 14px;
    font-weight: 400;
    text-align: right;
    white-space: nowrap;
  }
  .exact tbody th,
  .exact tfoot th {
    padding-left: 0;
    text-align: left;
  }
  .exact thead :is(th, td) {
    color: var(--_muted);
    font-size: 12px;
  }
  .exact .swatch {
    margin-right: 8px;
  }
  .exact small {
    margin-left: 6px;
    color: var(--_muted);
    font-style: italic;
  }
  .exact .out :is(th, td) {
    color: var(--_muted);
  }
  .exact .out .swatch {
    opacity: 0.35;
  }
  .exact tfoot :is(th, td) {
    border-top: 1px solid var(--_edge);
    font-weight: 650;
  }

  .because {
    display: grid;
    gap: 8px;
  }
  .because li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
  }
  .because svg {
    grid-column: 1 / -1;
    height: 6px;
  }
  .because .track {
    fill: var(--_line);
  }
  .because .zero {
    display: none;
  }
  .because .against {
    --_term: var(--_bad);
  }
  .because small {
    color: var(--_bad);
  }

  .facts-list {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 3px 16px;
  }
  .facts-list dt {
    color: var(--_muted);
  }
  .facts-list dd {
    overflow-wrap: anywhere;
  }
  .facts-list i {
    color: var(--_muted);
  }
  .picture {
    max-width: 160px;
    margin-bottom: 10px;
    border-radius: var(--_radius-small);
  }

  @container goods-rank (max-width: 1120px) {
    .detail {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      padding-left: 48px;
    }
  }
  @container goods-rank (max-width: 720px) {
    .detail {
      grid-template-columns: minmax(0, 1fr);
      padding: 4px 14px 18px 36px;
    }
  }
`;
