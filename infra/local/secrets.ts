import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSealKeys } from '@haat/kit/seal';
import { makeSigningKeys } from '@haat/kit/signing';

/** A key as JSON (RFC 7517). */
type Jwk = Awaited<ReturnType<typeof makeSigningKeys>>['privateJwk'];

/** What one principal (a subgraph or the gateway) keeps secret. */
interface PrincipalSecrets {
  readonly signing: { readonly privateJwk: Jwk; readonly publicJwk: Jwk };
  readonly sealing: { readonly privateJwk: Jwk; readonly publicJwk: Jwk };
  readonly natsPassword: string;
  readonly databasePasswords: { readonly owner: string; readonly application: string; readonly sweep: string };
}

/** Every secret of a local marketplace. Made once, kept with mode 0600 under the data folder; elsewhere the environment has them. */
export interface Secrets {
  readonly principals: Readonly<Record<string, PrincipalSecrets>>;
  /** Keys of access tokens: private Ed25519 JWKs, the first one signs. */
  readonly accessTokenKeys: readonly Jwk[];
  /** Names a guest from a cart's secret: 32 bytes, base64url. */
  readonly guestKeySecret: string;
}

/** The secrets kept in a data folder, completed for principals that are new. */
export async function loadSecrets(dataDir: string, principals: readonly string[]): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const kept = await readFile(file, 'utf8').then((text) => JSON.parse(text) as Secrets, () => undefined);
  const missing = principals.filter((name) => !kept?.principals[name]);
  if (kept && missing.length === 0) return kept;
  const made = await Promise.all(missing.map(async (name) => [name, await makePrincipal(name)] as const));
  const secrets: Secrets = {
    accessTokenKeys: kept?.accessTokenKeys ?? [(await makeSigningKeys('access')).privateJwk],
    guestKeySecret: kept?.guestKeySecret ?? randomBytes(32).toString('base64url'),
    principals: { ...kept?.principals, ...Object.fromEntries(made) },
  };
  await writePrivately(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

async function makePrincipal(name: string): Promise<PrincipalSecrets> {
  const password = () => randomBytes(24).toString('base64url');
  return {
    signing: await makeSigningKeys(name),
    sealing: await makeSealingKeys(name),
    natsPassword: password(),
    databasePasswords: { owner: password(), application: password(), sweep: password() },
  };
}

/** A key id is `<principal>:<number>`, so that whoever seals finds the newest by its owner's name. */
async function makeSealingKeys(name: string): Promise<PrincipalSecrets['sealing']> {
  const { privateJwk, publicJwk } = await makeSealKeys();
  const kid = `${name}:1`;
  return { privateJwk: { ...privateJwk, kid }, publicJwk: { ...publicJwk, kid } };
}

/** Written beside and moved into place, so that a crash never leaves half a file of secrets. */
async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
