import { operationsMeasure } from '@haat/schema/asks/gateway';
import { vendorDescribe } from '@haat/schema/asks/vendors';
import { partnerChanged, partnerRegistered } from '@haat/schema/events/partners';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { answerResolvePartner } from './app/answer-resolve-partner.js';
import { findPartners } from './app/find-partner.js';
import { PartnerApp } from './app/partner-app.js';
import { PartnerResolver } from './app/partner.resolver.js';
import { partnersConfig } from './config.js';
import { partnersLoaders } from './loaders.js';
import { partnersTables } from './migrations/0001-partners.js';
import { answerFindOperation } from './operation/answer-find-operation.js';
import { OperationResolver } from './operation/operation.resolver.js';
import { RegisteredOperation } from './operation/registered-operation.js';
import { answerReportUsage } from './usage/answer-report-usage.js';
import { forgetUsage } from './usage/forget-usage.js';

/** Programs of other companies: which may come in, what they may run, and how much. */
export const partners = defineSubgraph({
  name: 'partners',
  config: partnersConfig,
  store: postgres({ rows: [PartnerApp, RegisteredOperation], migrations: [partnersTables] }),
  resolvers: [PartnerResolver, OperationResolver],
  loaders: partnersLoaders,
  references: { PartnerApp: findPartners },
  says: [partnerRegistered, partnerChanged],
  asks: [operationsMeasure, vendorDescribe],
  answers: [answerResolvePartner, answerFindOperation, answerReportUsage],
  jobs: [forgetUsage],
});
