// The same score in plain JavaScript on typed arrays: a peer to measure the
// WebAssembly engine by, and a second reader of the format. It covers what the
// benchmark asks for, fit, temperature and price fit without rules.

const ELEMENTS = [
  Uint8Array, Uint8Array, Uint16Array, Uint32Array, BigUint64Array, Int16Array, Int32Array,
  Float32Array, Float64Array, Int8Array,
];

/** The weights that it ranks by. */
export const POLICY = { fit: 1, temperature: 0.25, priceFit: 0.25 };

/** Sections of a shard by number, as typed arrays over its bytes. */
function sections(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Map();
  for (let i = 0; i < view.getUint32(20, true); i++) {
    const at = 128 + 64 * i;
    const Type = ELEMENTS[view.getUint8(at + 3)];
    const offset = Number(view.getBigUint64(at + 8, true));
    const length = Number(view.getBigUint64(at + 16, true));
    const array = new Type(bytes.buffer, bytes.byteOffset + offset, length / Type.BYTES_PER_ELEMENT);
    out.set(view.getUint16(at, true), array);
  }
  return { goods: view.getUint32(32, true), of: (number) => out.get(number) };
}

/** What ranks a shard's public shops by their place in the shard. */
export class PlainRanker {
  constructor(bytes) {
    const { goods, of } = sections(bytes);
    this.goods = goods;
    [this.price, this.category] = [of(18), of(19)];
    [this.temperature, this.background] = [of(27), of(48)];
    [this.ends, this.rows, this.weights, this.scales] = [of(49), of(50), of(51), of(52)];
    [this.shopEnds, this.shopGoods, this.shopWeights] = [of(84), of(85), of(86)];
    this.#readModel(of(1));
    this.#readPrices(of(20).length - 1);
    this.base = Float64Array.from(this.background, (raw) => this.lnP(raw));
  }

  #readModel(model) {
    const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
    // What heat the kernel itself holds is not added again.
    this.heat = Math.max(0, POLICY.temperature - view.getFloat64(32, true));
    this.floor = view.getFloat64(128, true);
    this.priceSd = view.getFloat64(136, true);
    const knots = view.getUint32(68, true);
    this.raws = Float64Array.from({ length: knots }, (_, i) => view.getFloat64(160 + 16 * i, true));
    this.lns = Float64Array.from({ length: knots }, (_, i) => view.getFloat64(168 + 16 * i, true));
  }

  #readPrices(categories) {
    this.lnPrice = Float64Array.from(this.price, (p) => (p === 0 ? NaN : Math.log(p)));
    const [sum, count] = [new Float64Array(categories), new Float64Array(categories)];
    this.lnPrice.forEach((ln, row) => {
      if (Number.isNaN(ln)) return;
      sum[this.category[row]] += ln;
      count[this.category[row]] += 1;
    });
    this.mean = sum.map((s, c) => s / count[c]);
  }

  lnP(raw) {
    const { raws, lns } = this;
    const last = raws.length - 1;
    const span = raws[last] - raws[0];
    let [low, high] = [0, raws.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (raws[middle] <= raw) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return this.floor + (lns[0] - this.floor) / (1 + (raws[0] - raw) / span);
    if (low > last) return lns[last] / (1 + (raw - raws[last]) / span);
    const share = (raw - raws[low - 1]) / (raws[low] - raws[low - 1]);
    return lns[low - 1] + (lns[low] - lns[low - 1]) * share;
  }

  /** The best rows for a public shop: `limit` of them, best first. */
  rank(shop, limit) {
    const [first, end] = [this.shopEnds[shop], this.shopEnds[shop + 1]];
    const spread = new Float64Array(this.goods);
    const sold = new Uint8Array(this.goods);
    let mass = 0;
    for (let i = first; i < end; i++) {
      const good = this.shopGoods[i];
      const step = this.shopWeights[i] * this.scales[good];
      sold[good] = 1;
      mass += this.shopWeights[i];
      for (let n = this.ends[good]; n < this.ends[good + 1]; n++) {
        spread[this.rows[n]] += step * this.weights[n];
      }
    }
    const expected = this.#expected(first, end);
    const best = new Best(limit);
    for (let row = 0; row < this.goods; row++) {
      if (!sold[row]) best.offer(row, this.#score(row, spread[row], mass, expected));
    }
    return best.rows();
  }

  #expected(first, end) {
    const [sum, weight] = [new Float64Array(this.mean.length), new Float64Array(this.mean.length)];
    let [all, mass] = [0, 0];
    for (let i = first; i < end; i++) {
      const row = this.shopGoods[i];
      const c = this.category[row];
      const distance = this.lnPrice[row] - this.mean[c];
      if (Number.isNaN(distance)) continue;
      sum[c] += this.shopWeights[i] * distance;
      weight[c] += this.shopWeights[i];
      all += this.shopWeights[i] * distance;
      mass += this.shopWeights[i];
    }
    const level = all / mass;
    return this.mean.map((mean, c) => mean + (sum[c] + level) / (weight[c] + 1));
  }

  #score(row, spread, mass, expected) {
    const fit = spread === 0 ? this.base[row] : this.lnP(spread / mass + this.background[row]);
    const z = (this.lnPrice[row] - expected[this.category[row]]) / this.priceSd;
    const usual = Number.isNaN(z) ? 0 : 0.5 - 0.5 * Math.min(z * z, 9);
    return (
      Math.round(1e6 * POLICY.fit * fit) +
      Math.round(1e3 * this.heat * this.temperature[row]) +
      Math.round(1e6 * POLICY.priceFit * usual)
    );
  }
}

/** The greatest scores, of equals the smaller row, in a sorted list. */
class Best {
  #rows;
  #scores;
  #length = 0;

  constructor(limit) {
    this.#rows = new Uint32Array(limit);
    this.#scores = new Float64Array(limit);
  }

  offer(row, score) {
    const limit = this.#rows.length;
    if (this.#length === limit && score <= this.#scores[limit - 1]) return;
    let at = Math.min(this.#length, limit - 1);
    for (; at > 0 && this.#scores[at - 1] < score; at--) {
      this.#scores[at] = this.#scores[at - 1];
      this.#rows[at] = this.#rows[at - 1];
    }
    this.#scores[at] = score;
    this.#rows[at] = row;
    this.#length = Math.min(this.#length + 1, limit);
  }

  rows() {
    return this.#rows.subarray(0, this.#length);
  }
}
