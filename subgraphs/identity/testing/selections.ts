const problem = '... on Problem { message }';
const tooMany = '... on TooManyAttempts { retryAfterSeconds }';
const user = '... on User { id email name phone emailVerifiedAt preferences { locale wantsMarketing } metadata { key value } }';
const signIn = `... on SignInSucceeded { accessToken accessTokenExpiresAt refreshToken viewer { kind roles grants user { id email } session { id } } }
  ... on SecondFactorRequired { challenge methods } ${tooMany} ${problem}`;

/** What tests ask of each mutation's outcomes. */
export const selections = {
  register: `... on RegisterSucceeded { said: message } ... on WeakPassword { reasons } ${tooMany} ${problem}`,
  verifyEmail: `... on VerifyEmailSucceeded { email } ${problem}`,
  signIn,
  signInWithCode: signIn,
  confirmSecondFactor: signIn,
  requestSignInCode: `... on RequestSignInCodeSucceeded { said: message } ${tooMany} ${problem}`,
  refreshSession: signIn.replace('... on SecondFactorRequired { challenge methods }', '').replace(tooMany, ''),
  signOut: `... on SignOutSucceeded { sessionId } ${problem}`,
  endSession: `... on EndSessionSucceeded { sessionId } ${problem}`,
  requestPasswordReset: `... on RequestPasswordResetSucceeded { said: message } ${tooMany} ${problem}`,
  resetPassword: `... on ResetPasswordSucceeded { email } ... on WeakPassword { reasons } ${problem}`,
  changePassword: `... on ChangePasswordSucceeded { said: message } ... on WeakPassword { reasons } ${tooMany} ${problem}`,
  startTotp: `... on StartTotpSucceeded { secret uri } ${problem}`,
  confirmTotp: `... on ConfirmTotpSucceeded { recoveryCodes } ${tooMany} ${problem}`,
  removeTotp: `... on RemoveTotpSucceeded { said: message } ${tooMany} ${problem}`,
  changeProfile: `${user} ${problem}`,
  changePreferences: `${user} ... on LocaleNotSpoken { spoken } ${problem}`,
  saveAddress: `... on SavedAddress { id label isDefault address { name line1 city postalCode country phone } } ... on AddressNotAccepted { faults { part message } } ... on TooManyAddresses { max } ${problem}`,
  removeAddress: `... on RemoveAddressSucceeded { id } ${problem}`,
  createApiToken: `... on CreateApiTokenSucceeded { secret token { id name kind grants allowedAddresses expiresAt } } ... on ApiTokenLimitReached { limit } ${problem}`,
  revokeApiToken: `... on ApiToken { id revokedAt } ... on ApiTokenExpired { expiredAt } ${problem}`,
  inviteUser: `${user} ... on StaffLimitReached { limit } ${tooMany} ${problem}`,
  grantRole: `${user} ... on StaffLimitReached { limit } ${problem}`,
  revokeRole: `${user} ${problem}`,
  deactivateUser: `${user} ${problem}`,
  reactivateUser: `${user} ... on StaffLimitReached { limit } ${problem}`,
  eraseUser: `... on EraseUserSucceeded { userId } ${problem}`,
  setUserMetadata: `${user} ... on MetadataLimitReached { limit } ${problem}`,
} as const;
