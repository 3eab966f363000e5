import { pricingRedeem } from '@haat/schema/asks/pricing';
import { defineAnswer } from '@haat/kit/define';
import { redeem } from './redeem.js';

/** Takes what an order takes of coupons, flash sales and budgets. */
export const answerRedeem = defineAnswer(pricingRedeem, redeem);
