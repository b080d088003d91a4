import { css } from 'lit';

export const layout = css`
  .page {
    position: relative;
    max-width: 1360px;
    margin: 0 auto;
    padding: 20px 24px 48px;
  }
  main {
    display: grid;
    gap: 16px;
  }
  .columns-2 {
    display: grid;
    grid-template-columns: 288px minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }

  .masthead {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    gap: 8px 16px;
    align-items: center;
    margin-bottom: 16px;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .brand h1 {
    font-size: 19px;
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    word-break: keep-all;
  }
  .brand p {
    color: var(--_muted);
    font-size: 13px;
  }
  .mark {
    flex: none;
    width: 38px;
    height: 38px;
  }
  .mark-ground {
    fill: var(--_accent);
  }
  .mark-bar {
    fill: var(--_accent-ink);
  }
  .mark-axis {
    fill: var(--_accent-ink);
    opacity: 0.45;
  }
  .privacy {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 6px 12px 6px 9px;
    border-radius: 99px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 13px;
    font-weight: 600;
  }
  .facts {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    color: var(--_muted);
    font-size: 13px;
  }
  .facts li:not(:last-child)::after {
    content: '·';
    margin: 0 0.6em;
    color: var(--_edge);
  }
  .facts b {
    color: var(--_ink-2);
  }
  .flag {
    padding: 1px 7px;
    border-radius: 4px;
    background: var(--_warn-soft);
    color: var(--_warn);
    font-weight: 600;
  }

  .loading {
    padding: 20px 22px 24px;
  }
  .loading p {
    display: flex;
    justify-content: space-between;
    margin-bottom: 10px;
    font-weight: 600;
  }
  .loading .figure {
    color: var(--_muted);
    font-weight: 400;
  }
  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--_sunken);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_sunken);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: width 150ms;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  progress:indeterminate {
    background: linear-gradient(
        90deg,
        var(--_sunken) 30%,
        var(--_accent) 50%,
        var(--_sunken) 70%
      )
      0 / 300% 100%;
    animation: on-its-way 1.6s linear infinite;
  }
  progress:indeterminate::-webkit-progress-bar {
    background: none;
  }
  progress:indeterminate::-moz-progress-bar {
    background: none;
  }
  @keyframes on-its-way {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  .veil {
    position: absolute;
    z-index: 20;
    inset: 6px;
    border: 2px dashed var(--_accent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_accent-soft) 88%, transparent);
    pointer-events: none;
  }
  .veil p {
    position: sticky;
    top: 40vh;
    margin-top: 120px;
    color: var(--_accent);
    font-size: 20px;
    font-weight: 650;
    text-align: center;
  }
  .skeleton {
    display: grid;
    gap: 1px;
    border-radius: var(--_radius);
    overflow: hidden;
    opacity: 0.7;
  }
  .skeleton div {
    height: 84px;
    background:
      linear-gradient(var(--_sunken) 0 0) 22px 22px / 38% 12px no-repeat,
      linear-gradient(var(--_sunken) 0 0) 22px 48px / 56% 10px no-repeat,
      linear-gradient(var(--_sunken) 0 0) calc(100% - 22px) 30px / 16% 22px no-repeat,
      var(--_surface);
  }

  .failure {
    display: flex;
    gap: 14px;
    padding: 18px 20px;
    border: 1px solid color-mix(in srgb, var(--_bad) 35%, transparent);
    border-radius: var(--_radius);
    background: var(--_bad-soft);
  }
  .failure > .icon {
    width: 22px;
    height: 22px;
    color: var(--_bad);
  }
  .failure > div {
    display: grid;
    gap: 8px;
    justify-items: start;
    min-width: 0;
  }
  .failure h2 {
    color: var(--_bad);
  }
  .failure details {
    max-width: 100%;
    color: var(--_ink-2);
    font-size: 13px;
  }
  .failure summary {
    cursor: pointer;
  }
  .failure code {
    font: 12px/1.5 var(--_mono);
    overflow-wrap: anywhere;
  }
  .failure.load {
    background: var(--_surface);
    border-color: var(--_line);
    max-width: 640px;
    margin: 40px auto;
    padding: 26px 28px;
  }

  @container goods-rank (max-width: 1040px) {
    .page {
      padding: 14px 14px 40px;
    }
    .columns-2 {
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
    }
    .masthead {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .brand {
      gap: 10px;
    }
    .brand h1 {
      font-size: 17px;
    }
    .languages :is(span, button) {
      padding-inline: 9px;
    }
    .masthead .languages {
      grid-row: 1;
      grid-column: 2;
    }
    .masthead .privacy {
      grid-column: 1 / -1;
      justify-self: start;
    }
  }
`;
