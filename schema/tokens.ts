/** How access tokens look: JWTs by RFC 9068, signed with EdDSA. What they say is who and which session, nothing more. */
export const accessToken = {
  issuer: 'haat',
  audience: 'haat-api',
  /** The `typ` header, which keeps other JWTs of ours from passing as one. */
  type: 'at+jwt',
  algorithm: 'EdDSA',
} as const;

/** The claims beside the registered ones: `sub` is the user's id, `sid` the session's, `ten` the tenant's. */
export interface AccessTokenClaims {
  readonly sub: string;
  readonly sid: string;
  readonly ten: string;
}

/** An API token's text: it names its tenant by slug, so that it can be looked up inside that tenant's walls. */
export const apiTokenPattern = /^haat_([a-z][a-z0-9-]{1,38}[a-z0-9])_([A-Za-z0-9_-]{43})$/;
