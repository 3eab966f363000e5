import { emailVerified, mailSecretIssued, sessionRevoked, usageCounted, userErased, userRegistered, viewerChanged } from '@haat/schema/events/identity';
import { partnerResolve } from '@haat/schema/asks/partners';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { answerAddressRead } from './address/answer-read.js';
import { SavedAddressRow } from './address/saved-address.js';
import { SecretCode } from './code/secret-code.js';
import { identityConfig } from './config.js';
import { identityLoaders } from './loaders.js';
import { identityTables } from './migrations/0001-identity.js';
import { knownAddresses } from './migrations/0002-known-addresses.js';
import { whatIsOver } from './migrations/0003-what-is-over.js';
import { vendorsOfPeople } from './migrations/0004-vendors-of-people.js';
import { tokensOfPartners } from './migrations/0005-tokens-of-partners.js';
import { whereTokensAreShown } from './migrations/0006-where-tokens-are-shown.js';
import { refreshedAgain } from './migrations/0007-refreshed-again.js';
import { promotionsOfVendors } from './migrations/0008-promotions-of-vendors.js';
import { onVendorMemberChanged } from './role/on-vendor-member-changed.js';
import { seedIdentity } from './seed.js';
import { answerListKeys, answerResolveViewer } from './session/answer-resolve-viewer.js';
import { forgetWhatIsOver } from './session/forget-what-is-over.js';
import { RefreshToken, Session } from './session/session.js';
import { SessionResolver } from './session/session.resolver.js';
import { answerResolveToken } from './token/answer-resolve-token.js';
import { ApiToken } from './token/api-token.js';
import { TokenResolver } from './token/token.resolver.js';
import { RecoveryCode, TotpFactor } from './totp/totp-factor.js';
import { answerContactsRead } from './user/answer-contacts.js';
import { findUsers } from './user/list-users.js';
import { onTenantOpened } from './user/on-tenant-opened.js';
import { User } from './user/user.js';
import { UserResolver } from './user/user.resolver.js';

/** People, their sessions, roles and tokens, each within one tenant. */
export const identity = defineSubgraph({
  name: 'identity',
  config: identityConfig,
  store: postgres({ rows: [User, Session, RefreshToken, SecretCode, TotpFactor, RecoveryCode, SavedAddressRow, ApiToken], migrations: [identityTables, knownAddresses, whatIsOver, vendorsOfPeople, tokensOfPartners, whereTokensAreShown, refreshedAgain, promotionsOfVendors] }),
  resolvers: [UserResolver, SessionResolver, TokenResolver],
  references: { User: findUsers },
  loaders: identityLoaders,
  says: [userRegistered, emailVerified, mailSecretIssued, sessionRevoked, viewerChanged, userErased, usageCounted],
  asks: [partnerResolve],
  answers: [answerResolveViewer, answerResolveToken, answerListKeys, answerAddressRead, answerContactsRead],
  consumers: [onTenantOpened, onVendorMemberChanged],
  jobs: [forgetWhatIsOver],
  seed: seedIdentity,
});
