import { pricingUnredeem } from '@haat/schema/asks/pricing';
import { defineAnswer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';
import { unredeem } from './unredeem.js';

/** Gives back what an order took. */
export const answerUnredeem = defineAnswer(pricingUnredeem, async (tx: PricingTx, { orderId }) => ({ outcome: await unredeem(tx, orderId) }));
