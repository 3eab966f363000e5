import { exportJWK, generateKeyPair } from 'jose';
import { makeSealKeys } from '../seal.js';
import { readSealingKeys } from '../sealing-keys.js';
import { makeSigningKeys } from '../signing.js';

/** Keys of everybody named, and the environment that each would have. */
export async function testKeys(principals: readonly string[]) {
  const made = new Map(await Promise.all(principals.map(async (name) => {
    const sealing = await makeSealKeys();
    const named = (jwk: object) => ({ ...jwk, kid: `${name}:1` });
    return [name, { signing: await makeSigningKeys(name), privateSeal: named(sealing.privateJwk), publicSeal: named(sealing.publicJwk) }] as const;
  })));
  const access = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const accessKey = { ...(await exportJWK(access.privateKey)), kid: 'access:1' };
  const publicSeals = JSON.stringify({ keys: [...made.values()].map((k) => k.publicSeal) });
  const envOf = (name: string) => ({
    HAAT_SIGNING_KEY: JSON.stringify(made.get(name)?.signing.privateJwk),
    HAAT_TRUSTED_KEYS: JSON.stringify({ keys: [...made.values()].map((k) => k.signing.publicJwk) }),
    HAAT_SEALING_KEY: JSON.stringify(made.get(name)?.privateSeal),
    HAAT_SEALING_PUBLIC_KEYS: publicSeals,
    ACCESS_TOKEN_KEYS: JSON.stringify({ keys: [accessKey] }),
  });
  return {
    envOf,
    unseal: (recipient: string, bound: { tenantId: string; purpose: string }, sealed: string) => readSealingKeys(envOf(recipient).HAAT_SEALING_KEY, publicSeals).unseal(bound, sealed),
  };
}
