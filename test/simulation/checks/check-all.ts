import type { Market } from '../market/market.js';
import { checkClients } from './check-clients.js';
import { checkEvents } from './check-events.js';
import { checkMoney } from './check-money.js';
import { checkStates } from './check-states.js';
import { checkStock, oversold } from './check-stock.js';

/** What does not hold in a world at rest. */
export function checkAll(market: Market): string[] {
  return [checkStock, checkMoney, checkEvents, checkStates, checkClients].flatMap((check) => check(market));
}

/** Looks at every commit for what must hold at every moment. */
export function watch({ processes: { inventory }, world }: Market): void {
  inventory.store.onCommit = ({ rows }) => {
    for (const wrong of oversold([...(rows.get('level')?.values() ?? [])] as never)) if (!world.wrongs.includes(wrong)) world.wrongs.push(wrong);
  };
}
