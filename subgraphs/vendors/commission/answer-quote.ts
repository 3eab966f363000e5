import { commissionQuote } from '@haat/schema/asks/vendors';
import { defineAnswer } from '@haat/kit/define';
import { badInput } from '@haat/kit/refusal';
import type { VendorsContext } from '../context.js';
import { noTerms, quoteCommission } from './quote-commission.js';
import { readCommission } from './set-commission-rules.js';

/** What the marketplace takes of a sale, by the rules as they are now. Whoever asks freezes it on the order. */
export const answerQuote = defineAnswer(commissionQuote, async (ctx: VendorsContext, { currency, lines, shipping }) => {
  // Fixed amounts, bands and limits are in the marketplace's currency.
  if (currency !== ctx.tenant.currency && ctx.viewer.kind !== 'SYSTEM') throw badInput([{ path: ['currency'], message: `expected ${ctx.tenant.currency}, came ${currency}` }]);
  const { rules, terms } = await readCommission(ctx);
  return quoteCommission(rules, terms ?? noTerms, { lines, shipping });
});
