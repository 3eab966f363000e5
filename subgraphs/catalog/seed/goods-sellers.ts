import type { GoodsType } from './goods-types.js';

/** Who sells what in Dhaka: the specialist first, then those who have some of it as well. */
export const acmeSellers: Readonly<Record<GoodsType, readonly string[]>> = {
  apparel: ['rajshahi-silk', 'gulshan-store', 'padma-crafts'],
  home: ['padma-crafts', 'chattogram-home', 'gulshan-store'],
  kitchen: ['chattogram-home', 'gulshan-store', 'padma-crafts'],
  tech: ['dhaka-electronics', 'gulshan-store', 'chattogram-home'],
  food: ['sylhet-tea-house', 'gulshan-store'],
  care: ['gulshan-store', 'padma-crafts'],
  paper: ['padma-crafts', 'gulshan-store'],
  play: ['gulshan-store', 'padma-crafts'],
};

/** Who sells what in Stockholm. */
export const nordicSellers: Readonly<Record<GoodsType, readonly string[]>> = {
  apparel: ['gotland-ull', 'kiruna-outdoor', 'fjall-supply'],
  home: ['sodermalm-design', 'gotland-ull', 'fjall-supply'],
  kitchen: ['sodermalm-design', 'fjall-supply'],
  tech: ['malmo-elektronik', 'sodermalm-design', 'fjall-supply'],
  food: ['fjall-supply', 'kiruna-outdoor'],
  care: ['sodermalm-design', 'gotland-ull'],
  paper: ['uppsala-bok', 'sodermalm-design'],
  play: ['kiruna-outdoor', 'uppsala-bok', 'fjall-supply'],
};
