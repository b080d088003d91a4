// English. Every other locale has the same shape; `npm run types` holds them to
// it, because a locale's type is this one's.

const plural = new Intl.PluralRules('en');

/** @param {number} n @param {string} one @param {string} many */
const form = (n, one, many) => (plural.select(n) === 'one' ? one : many);

const en = {
  name: 'GoodsRank',
  tagline: 'Which goods should this shop sell?',
  privacy: 'Your sales never leave this page',
  privacyLong:
    'Ranking runs in this browser. Your file is read here, is sent nowhere, and is gone when you close the page.',
  language: 'Language',

  facts: {
    label: 'About this catalog',
    goods: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'good', 'goods')}`,
    currency: (/** @type {string} */ code) => `prices in ${code}`,
    noPrices: 'no prices',
    until: (/** @type {string} */ date) => `sales up to ${date}`,
    minShops: (/** @type {number} */ n) => `every figure from ${n}+ shops`,
    notPublishable: 'not for publication',
    notPublishableLong: 'This catalog was built without a privacy threshold. Do not publish it.',
  },

  loading: {
    title: 'Loading the catalog',
    of: (/** @type {string} */ loaded, /** @type {string} */ total) => `${loaded} of ${total}`,
  },

  shop: {
    title: 'Your shop',
    kind: 'Who is the ranking for?',
    public: 'Sample shop',
    sales: 'My sales file',
    new: 'New shop',
    choose: 'Choose a shop',
    placeholder: 'Name or number of a shop',
    count: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'shop', 'shops')} agreed to be shown here`,
    none: 'This catalog has no sample shops. Use your own sales file.',
    known: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `sells ${shown} ${form(n, 'good', 'goods')} of this catalog`,
    newShop:
      'Nothing is known of this shop yet, so fit and price fit are unknown: the ranking tells what is good for any shop, not what suits this one.',
    noFile: 'No file yet: until there is one, goods are ranked as for a new shop.',
    nothingKnown:
      'None of what this shop sells is in the catalog, so fit is unknown: the ranking tells what is good for any shop, not what suits this one.',
  },

  sales: {
    drop: 'Drop a CSV of what you sell',
    dropNow: 'Let go to read the file',
    or: 'or',
    pick: 'Choose a file',
    paste: 'Paste rows',
    pasteLabel: 'CSV rows, the first line naming the columns',
    pasteHint: 'good_id,quantity,at\ng00042,12,2026-05-01',
    read: 'Match these rows',
    pasted: 'Pasted rows',
    columns: 'Columns',
    columnsLong:
      'One of good_id, gtin, sku (with supplier_id) or title; and, where you have them, quantity and at (a date). With category and price_minor even a good we do not know tells your price level.',
    template: 'Download a template',
    replace: 'Use another file',
    title: (/** @type {string} */ name) => `Matched: ${name}`,
    encoding: (/** @type {string} */ name) => `read as ${name}`,
    rows: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'row', 'rows')}`,
    goods: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} different ${form(n, 'good', 'goods')}`,
    by: { id: 'by good_id', gtin: 'by GTIN', sku: 'by SKU', title: 'by title' },
    mended: 'mended by you',
    ambiguous: 'ambiguous',
    unmatched: 'not found',
    invalid: 'not readable',
    all: 'Every row was matched.',
    show: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'row was', 'rows were')} not matched`,
    line: 'Line',
    label: 'In your file',
    reason: 'What happened',
    mend: 'Which good is it?',
    reasons: {
      ambiguous: (/** @type {number} */ n) => `${n} goods fit`,
      unmatched: 'no good fits',
      invalid: 'skipped',
    },
    choose: 'Choose…',
    chooseFor: (/** @type {string} */ label) => `Choose the good meant by ${label}`,
    searchGood: 'Title or id of the good',
    cancel: 'Cancel',
    more: (/** @type {string} */ shown) => `Show ${shown} more`,
    beyond: (/** @type {string} */ shown) => `${shown} more rows are not listed.`,
    working: 'Reading…',
  },

  filters: {
    title: 'Filters',
    show: (/** @type {number} */ n) => (n ? `Filters (${n})` : 'Filters'),
    reset: 'Reset',
    text: 'Search titles',
    textPlaceholder: 'e.g. tea 250g',
    category: 'Category',
    allCategories: 'All categories',
    within: (/** @type {string} */ name) => `All of ${name}`,
    price: (/** @type {string} */ currency) => `Price, ${currency}`,
    priceMin: 'Lowest price',
    priceMax: 'Highest price',
    from: 'from',
    to: 'to',
    priceCrossed: 'The lowest price is above the highest, so price is not filtered.',
    priceInvalid: 'Not a price, so it is not filtered.',
    supplier: 'Supplier',
    anySupplier: 'Any supplier',
    includeSold: 'Include what the shop already sells',
    more: (/** @type {number} */ n) => (n ? `Supply and risk (${n})` : 'Supply and risk'),
    numbers: {
      marginMin: 'Margin from',
      moqMax: 'Min. order up to',
      leadTimeMax: 'Lead time up to',
      reviewsMin: 'Reviews from',
      newWithinDays: 'New within',
    },
    units: {
      marginMin: '%',
      moqMax: 'pcs',
      leadTimeMax: 'days',
      reviewsMin: 'no.',
      newWithinDays: 'days',
    },
    any: 'any',
    numberInvalid: 'Not a number that can be, so it is not filtered.',
    inStock: 'Only what is in stock',
    withoutRisks: 'Leave out',
    limit: 'Show',
  },

  policy: {
    title: 'What counts',
    presets: {
      balanced: 'Balanced',
      profit: 'Profit',
      trend: 'Trend',
      niche: 'Niche',
      newcomer: 'Newcomer',
      plain: 'Plain',
      1688: '1688 rule',
      fit: 'Fit only',
      custom: 'Custom',
    },
    hints: {
      balanced: 'fit first, then all the rest',
      profit: 'what should earn most',
      trend: 'what is heating up',
      niche: 'what few others sell',
      newcomer: 'sells, arrives and is kept',
      plain: 'the same for every shop',
      1688: 'as 1688 selects goods',
      fit: 'nothing but the fit',
      custom: 'weights of your own',
    },
    weights: 'Weights',
    groups: { match: 'Match', earnings: 'Earnings', supply: 'Supply', trust: 'Trust' },
    weight: (/** @type {string} */ term) => `Weight of ${term}`,
  },

  channel: {
    title: 'Where you sell',
    own: 'Own shop',
    marketplace: 'Marketplace',
    live: 'Live',
    costs: 'Costs',
    custom: 'Costs, your own',
    hint: 'Margin counts these. Shares are of the retail price, but for the two of the supply price; amounts are for each piece.',
    fault: 'Not a cost that can be: that of an own shop is counted.',
    fields: {
      markup: 'Markup on supply price',
      commission: 'Commission',
      payment: 'Payment fee',
      landing: 'Freight and duty on supply price',
      shipping: 'Shipping',
      insurance: 'Return insurance',
      returnCost: 'A return costs',
    },
  },

  terms: {
    fit: 'Fit',
    temperature: 'Heat',
    priceFit: 'Price fit',
    trend: 'Trend',
    margin: 'Margin',
    priceAdvantage: 'Price edge',
    rivals: 'Few rivals',
    moq: 'Min. order',
    leadTime: 'Lead time',
    reviews: 'Reviews',
    returns: 'Kept',
    fillRate: 'Fill rate',
    risk: 'Risk',
    selection: '1688 rule',
    fitHint: 'ln of the likelihood that a shop like this takes up the good',
    temperatureHint: 'how much the good is selling now, recent sales counting most',
    priceFitHint: 'how usual the price is for this shop in this category',
    trendHint: 'whether the good is heating up or cooling down',
    marginHint: 'what a sale leaves where you sell, beside a usual sale',
    priceAdvantageHint: 'how cheap the good is among goods that stand for it',
    rivalsHint: 'how few others sell it',
    moqHint: 'how soon the smallest order is sold; 0 at a month',
    leadTimeHint: 'how soon it arrives, beside a usual good',
    reviewsHint: 'how certainly it is reviewed well, beside a usual good',
    returnsHint: 'how certainly it is kept and not sent back, beside a usual good',
    fillRateHint: 'how certainly the supplier delivers, beside a usual one',
    riskHint: 'what could go wrong; 0 where nothing is known to',
    selectionHint: 'lines of the rule that 1688 publishes which the good meets, less its risks',
    unknown: 'unknown',
    notWeighed: 'not weighed',
    sum: 'Score',
  },

  risks: {
    label: 'Risks',
    none: 'none known',
    brand: 'Brand dispute',
    outOfStock: 'Out of stock',
    returns: 'Many returns',
    priceOutlier: 'Odd price',
    cooling: 'Cooling',
    thinEvidence: 'Little evidence',
    singleSource: 'Single source',
    brandHint: 'the catalog suspects that a brand is infringed',
    outOfStockHint: 'the supplier has none in stock',
    returnsHint: 'surely more than twice the usual share is sent back',
    priceOutlierHint: 'a third of what its equivalents cost, or three times as much',
    coolingHint: 'demand of late is less than half of what it was',
    thinEvidenceHint: 'few shops sell it and few customers reviewed it',
    singleSourceHint: 'no other supplier has an equivalent',
  },

  results: {
    title: (/** @type {number} */ n, /** @type {string} */ shown) =>
      n === 0
        ? 'No good passes these filters'
        : n === 1
          ? 'The best good'
          : `The best ${shown} goods`,
    ranked: (/** @type {number} */ n, /** @type {string} */ shown, /** @type {string} */ time) =>
      `Ranked ${shown} ${form(n, 'good', 'goods')} in ${time}, in this page`,
    announce: (/** @type {string} */ shown, /** @type {string} */ candidates) =>
      `${shown} goods shown of ${candidates} that pass the filters`,
    export: 'Export CSV',
    good: 'Good',
    price: 'Price',
    why: 'Why',
    score: 'Score',
    rank: 'Rank',
    noPrice: 'price unknown',
    moq: (/** @type {string} */ n) => `MOQ ${n}`,
    lead: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'day', 'days')}`,
    leadLong: 'Lead time, nine orders in ten',
    expand: 'Show details',
    collapse: 'Hide details',
    legend:
      'Scores are natural logarithms and exactly the sum of their parts: 0.693 more means twice as likely. Bars share one scale.',
    lacking: (/** @type {string} */ list) => `Unknown for all of these goods, so not counted: ${list}.`,
    file: 'ranking',
  },

  detail: {
    score: 'Score, exactly',
    micro: 'micro-nats',
    nats: 'nats',
    because: 'Behind the fit',
    becauseNone: 'No single good of yours stands behind it.',
    speaksAgainst: 'speaks against it',
    facts: 'The good',
    id: 'Number',
    columns: {
      sku: 'SKU',
      gtin: 'GTIN',
      brand: 'Brand',
      attributes: 'Attributes',
      image_url: 'Picture',
      url: 'Page',
    },
    titleIn: (/** @type {string} */ language) => `Title, ${language}`,
    supplier: 'Supplier',
    category: 'Category',
    moq: 'Minimum order',
    lead: 'Lead time, p90',
    unknown: 'unknown',
    open: 'opens in a new tab',
  },

  empty: {
    nothing: 'The catalog has no goods to rank.',
    relax: 'Take one filter away:',
    none: 'No filter helps if it alone is taken away. What each leaves out:',
    takes: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'good', 'goods')} left out`,
    without: (/** @type {string} */ filter) => `Without ${filter}`,
    gives: (/** @type {number} */ n, /** @type {string} */ shown) =>
      `${shown} ${form(n, 'good', 'goods')}`,
    clear: 'Clear all filters',
    text: (/** @type {string} */ text) => `“${text}” in the title`,
    category: (/** @type {string} */ name) => `category ${name}`,
    supplier: (/** @type {string} */ name) => `supplier ${name}`,
    priceMin: (/** @type {string} */ price) => `price from ${price}`,
    priceMax: (/** @type {string} */ price) => `price up to ${price}`,
    marginMin: (/** @type {string} */ share) => `margin from ${share}`,
    moqMax: (/** @type {string} */ n) => `minimum order up to ${n}`,
    leadTimeMax: (/** @type {string} */ n) => `lead time up to ${n} days`,
    reviewsMin: (/** @type {string} */ n) => `reviews from ${n}`,
    newWithinDays: (/** @type {string} */ n) => `new within ${n} days`,
    inStock: 'in stock',
    withoutRisks: (/** @type {string} */ list) => `without risks: ${list}`,
    sold: 'leaving out what is sold already',
    remove: (/** @type {string} */ filter) => `Remove: ${filter}`,
  },

  why: {
    because: (/** @type {string} */ list) => `because you sell ${list}`,
    item: (/** @type {string} */ title, /** @type {string} */ share) => `“${title}” (${share})`,
    against: (/** @type {string} */ title) => `though “${title}” speaks against it`,
    popular: 'its fit rests on shops in general',
    terms: {
      temperature: { up: 'hotter than average', down: 'cooler than average' },
      priceFit: { up: 'at your usual price', down: 'not at your usual price' },
      trend: { up: 'heating up', down: 'cooling down' },
      margin: { up: 'leaves more than a usual sale', down: 'leaves less than a usual sale' },
      priceAdvantage: { up: 'cheap among its equivalents', down: 'dear among its equivalents' },
      rivals: { up: 'few others sell it', down: 'many others sell it' },
      moq: {
        up: 'its smallest order sells within a month',
        down: 'its smallest order takes over a month to sell',
      },
      leadTime: { up: 'arrives sooner than usual', down: 'arrives later than usual' },
      reviews: { up: 'reviewed better than usual', down: 'reviewed worse than usual' },
      returns: { up: 'sent back less than usual', down: 'sent back more than usual' },
      fillRate: { up: 'its supplier delivers reliably', down: 'its supplier often falls short' },
      selection: { up: 'meets more of 1688’s rule', down: 'meets less of 1688’s rule' },
    },
    noPrice: 'its price is unknown',
    unknown: (/** @type {string} */ list) => `unknown: ${list}`,
    nothing: 'nothing speaks clearly for or against it',
    join: '; ',
    end: '.',
  },

  combobox: {
    none: 'Nothing found',
    more: (/** @type {string} */ shown) => `${shown} more: type to narrow down`,
    clear: 'Clear',
  },

  errors: {
    retry: 'Try again',
    reload: 'Reload the page',
    reset: 'Reset the filters',
    line: (/** @type {string} */ line) => `It was given up at line ${line}.`,
    details: 'Technical details',
    code: (/** @type {string} */ code) => `Code ${code}`,
    titles: {
      load: 'The catalog could not be loaded',
      rank: 'The ranking could not be made',
      sales: 'The file could not be read',
    },
    remedies: {
      not_a_shard:
        'What was downloaded is not a catalog. Whoever runs this page should check its address.',
      truncated: 'The download ended too soon. Check your connection and try again.',
      damaged:
        'The catalog was damaged on its way or on its server. Try again; if it stays, tell whoever runs this page.',
      unsupported: 'The catalog is newer than this page. Reload to get the newest page.',
      bad_manifest:
        'The list of catalogs is not readable. Whoever runs this page should build it again.',
      bad_query: 'A filter has a value that the catalog does not know. Reset the filters.',
      bad_policy: 'A weight is out of range. Reset the filters.',
      bad_csv:
        'The first line must name the columns, one of them good_id, gtin, sku or title, and every line must have as many fields. The template shows how.',
      unknown_shop: 'This shop is not in the catalog. Choose another.',
      unknown_good: 'The catalog has no good with this id.',
      not_searchable: 'This catalog cannot be searched by title. Clear the search.',
      closed: 'The catalog was closed. Load it again.',
      limit: 'This is more than the page can take. Use a smaller file or fewer rows.',
      fetch_failed: 'The server did not answer as expected. Check your connection and try again.',
      wasm_failed:
        'The ranking engine did not start. Update your browser, or allow WebAssembly on this site.',
      internal:
        'This is a defect of ours. Reload the page, and please report it with the details below.',
      spreadsheet:
        'This is a workbook, not a CSV. In the spreadsheet choose “Save as”, then “CSV UTF-8”.',
      unreadable: 'The browser could not read the file. Choose it again.',
    },
  },
};

export default en;
