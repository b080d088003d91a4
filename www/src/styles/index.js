import { base } from './base.js';
import { controls } from './controls.js';
import { detail } from './detail.js';
import { feedback } from './feedback.js';
import { filters } from './filters.js';
import { layout } from './layout.js';
import { results } from './results.js';
import { shop } from './shop.js';
import { tokens } from './tokens.js';
import { users } from './users.js';

export const styles = [
  ...[tokens, base, controls, layout, shop, filters, results, detail, users, feedback],
];
