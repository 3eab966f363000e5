/** What goods of a category cost, in whole units of the market's currency: from, to. */
export type PriceBand = readonly [number, number];

/** Acme Bazaar, in BDT. */
const acme: Readonly<Record<string, PriceBand>> = {
  sarees: [2_200, 9_800], panjabi: [950, 3_400], 'womens-wear': [850, 3_200], shawls: [450, 2_600],
  bedding: [650, 3_900], cookware: [550, 3_600], crockery: [320, 2_400], lighting: [480, 3_200],
  'rice-and-lentils': [90, 420], spices: [70, 360], tea: [140, 780], sweets: [120, 640],
  'phone-accessories': [220, 2_900], audio: [690, 5_400], fans: [1_350, 6_200], appliances: [1_450, 7_900],
  'skin-care': [180, 1_150], 'hair-care': [160, 980], soap: [90, 650], perfume: [250, 1_900],
  baskets: [280, 1_900], pottery: [180, 1_700], brassware: [650, 5_200], rugs: [350, 4_200],
  notebooks: [120, 850], desk: [260, 1_800], 'school-bags': [480, 2_700], art: [190, 2_300],
  cricket: [390, 5_900], toys: [220, 1_600], games: [240, 2_800], garden: [190, 1_900],
};

/** Nordic Market, in EUR. */
const nordic: Readonly<Record<string, PriceBand>> = {
  knitwear: [69, 189], outerwear: [129, 379], workwear: [79, 199], accessories: [19, 69],
  bedding: [39, 189], textiles: [25, 129], lighting: [59, 349], storage: [29, 179],
  tableware: [14, 89], cookware: [39, 229], knives: [24, 169], glass: [12, 79],
  bread: [4, 12], preserves: [5, 15], coffee: [6, 24], sweets: [4, 16],
  camping: [29, 389], packs: [49, 239], ski: [39, 329], bikes: [15, 149],
  'skin-care': [12, 59], soap: [6, 29], sauna: [15, 129], candles: [9, 49],
  audio: [49, 299], charging: [15, 89], 'smart-home': [19, 149], desk: [29, 199],
  toys: [12, 79], baby: [15, 69], books: [9, 49], garden: [12, 99],
};

/** Of goods whose category has no band of its own. */
const others: PriceBand = [20, 200];

/** What goods of a category cost in a market of the demonstration. */
export function priceBandOf(market: string, category: string): PriceBand {
  return (market === 'acme' ? acme : nordic)[category] ?? others;
}
