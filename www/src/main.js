// The demo's host page: the element, and names for the sample's categories.

import './goods-rank.js';
import { sampleCategories } from './sample-categories.js';

for (const element of document.querySelectorAll('goods-rank')) {
  Object.assign(element, { categoryNames: sampleCategories });
}
