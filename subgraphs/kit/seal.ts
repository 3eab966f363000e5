import { CompactEncrypt, compactDecrypt, exportJWK, calculateJwkThumbprint, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SealedFor } from './context.js';

const agreement = 'ECDH-ES';
const cipher = 'A256GCM';

/** The longest sealed text that is opened, in characters: an event carries secrets, not documents. */
export const sealedCharactersMax = 65_536;

/** A sealed text that does not open: another recipient's, another tenant's or purpose's, changed, or no sealed text at all. */
export class Unsealable extends Error {
  override readonly name = 'Unsealable';
}

/** A recipient's two halves. The private one stays with its subgraph. */
export interface SealKeys {
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** New keys for one recipient (X25519), named by their thumbprint (RFC 7638) so that they can be rotated. */
export async function makeSealKeys(): Promise<SealKeys> {
  const { publicKey, privateKey } = await generateKeyPair(agreement, { crv: 'X25519', extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { publicJwk: { ...publicJwk, kid }, privateJwk: { ...(await exportJWK(privateKey)), kid } };
}

/**
 * Encrypts a value so that only the holder of the private key reads it (RFC 7516 compact JWE, ECDH-ES with X25519 or P-256,
 * A256GCM). Tenant and purpose go into the key derivation, so the text opens nowhere else. `value` is plain data.
 */
export async function seal(publicJwk: JWK, bound: SealedFor, value: unknown): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return new CompactEncrypt(plain)
    .setKeyManagementParameters({ apv: contextOf(bound) })
    .setProtectedHeader({ alg: agreement, enc: cipher, kid: publicJwk.kid })
    .encrypt(await importJWK(publicJwk, agreement));
}

/** Opens what was sealed for this key, tenant and purpose. With several keys, the one the text names. Throws {@link Unsealable}. */
export async function unseal(privateJwk: JWK | readonly JWK[], bound: SealedFor, sealed: string): Promise<unknown> {
  if (sealed.length > sealedCharactersMax) throw new Unsealable(`A sealed text has at most ${sealedCharactersMax} characters, came ${sealed.length}.`);
  const keys = Array.isArray(privateJwk) ? (privateJwk as readonly JWK[]) : [privateJwk as JWK];
  try {
    return await opened(keys, bound, sealed);
  } catch (cause) {
    throw new Unsealable(`Sealed for another recipient, tenant or purpose than ${bound.tenantId}, ${bound.purpose}; or changed on its way.`, { cause });
  }
}

async function opened(keys: readonly JWK[], bound: SealedFor, sealed: string): Promise<unknown> {
  const options = { keyManagementAlgorithms: [agreement], contentEncryptionAlgorithms: [cipher] };
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, (header: { kid?: string }) => {
    const key = header.kid === undefined ? keys[0] : keys.find((k) => k.kid === header.kid);
    if (!key) throw new Error(`No key of the name ${header.kid}.`);
    return importJWK(key, agreement);
  }, options);
  // The text carries its own context and would open with it; only ours counts.
  if (protectedHeader.apv !== Buffer.from(contextOf(bound)).toString('base64url')) throw new Error('Bound to something else.');
  return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
}

function contextOf({ tenantId, purpose }: SealedFor): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([tenantId, purpose]));
}
