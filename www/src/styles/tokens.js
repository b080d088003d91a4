// The design tokens. A host sets `--gr-*`; the page reads `--_*`, which fall back
// to values for light and for dark. `theme="light"` or `theme="dark"` fixes one;
// otherwise the reader's system chooses.
//
// Every ink has a contrast of at least 4.5 to every ground it is used on.

import { css } from 'lit';

const light = css`
  color-scheme: light;
  --_bg: var(--gr-bg, #f4f5f2);
  --_surface: var(--gr-surface, #ffffff);
  --_sunken: var(--gr-sunken, #eef0ec);
  --_raised: var(--gr-raised, #ffffff);
  --_ink: var(--gr-ink, #17211d);
  --_ink-2: var(--gr-ink-2, #44524c);
  --_muted: var(--gr-muted, #5f6c66);
  --_line: var(--gr-line, #dde2dd);
  --_edge: var(--gr-edge, #b4beb8);
  --_accent: var(--gr-accent, #0b6b57);
  --_accent-ink: var(--gr-accent-ink, #ffffff);
  --_accent-soft: var(--gr-accent-soft, #e1f0ea);
  --_fit: var(--gr-fit, #1b8a70);
  --_temperature: var(--gr-temperature, #dd6b20);
  --_price-fit: var(--gr-price-fit, #6470c4);
  --_trend: var(--gr-trend, #c2528b);
  --_earnings: var(--gr-earnings, #a9820f);
  --_supply: var(--gr-supply, #2f7fb0);
  --_trust: var(--gr-trust, #8b62b8);
  --_bad: #a8261c;
  --_bad-soft: #fcebe8;
  --_warn: #7d5200;
  --_warn-soft: #fcf1d9;
  --_shadow: 0 1px 2px rgb(23 33 29 / 5%);
  --_lift: 0 8px 28px rgb(23 33 29 / 16%);
`;

const dark = css`
  color-scheme: dark;
  --_bg: var(--gr-bg, #0f1312);
  --_surface: var(--gr-surface, #171c1a);
  --_sunken: var(--gr-sunken, #202725);
  --_raised: var(--gr-raised, #36413d);
  --_ink: var(--gr-ink, #e7ece9);
  --_ink-2: var(--gr-ink-2, #bac5bf);
  --_muted: var(--gr-muted, #94a19a);
  --_line: var(--gr-line, #2a322f);
  --_edge: var(--gr-edge, #4a5751);
  --_accent: var(--gr-accent, #62c9ae);
  --_accent-ink: var(--gr-accent-ink, #05231b);
  --_accent-soft: var(--gr-accent-soft, #17322a);
  --_fit: var(--gr-fit, #45b297);
  --_temperature: var(--gr-temperature, #ee8c4a);
  --_price-fit: var(--gr-price-fit, #8f9aec);
  --_trend: var(--gr-trend, #e07fb0);
  --_earnings: var(--gr-earnings, #d1ab3c);
  --_supply: var(--gr-supply, #5fabd8);
  --_trust: var(--gr-trust, #b391dd);
  --_bad: #ff9b8f;
  --_bad-soft: #38201d;
  --_warn: #edc36a;
  --_warn-soft: #332913;
  --_shadow: none;
  --_lift: 0 10px 32px rgb(0 0 0 / 55%);
`;

export const tokens = css`
  :host {
    ${light}
    --_radius: var(--gr-radius, 10px);
    --_radius-small: calc(var(--_radius) * 0.7);
    --_font: var(
      --gr-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'PingFang SC',
      'Hiragino Sans GB',
      'Microsoft YaHei UI',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      'Noto Sans SC',
      'Source Han Sans SC',
      sans-serif
    );
    --_mono: var(--gr-mono, ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono', monospace);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }
`;
