/**
 * Ed25519 keys as they are written down: a private key as PKCS #8 (PEM, or its base64 on one line), a public one as
 * `ed25519:` and its 32 bytes in base64url. A key's id is the beginning of the SHA-256 of those 32 bytes.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

export type PublicKey = { readonly keyId: string; readonly text: string; readonly key: KeyObject };

export type SigningKey = {
  readonly publicKey: PublicKey;
  /** The signature of these bytes, as 128 hexadecimal digits. */
  readonly sign: (bytes: Uint8Array) => string;
};

/** A text that is no key; the message says what one looks like, and never shows the text. */
export class BadKey extends Error {
  override readonly name = 'BadKey';
}

const PREFIX = 'ed25519:';

const publicKeyOf = (key: KeyObject): PublicKey => {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new BadKey('This is no Ed25519 key.');
  return { keyId: hash('sha256', Buffer.from(x, 'base64url'), 'hex').slice(0, 16), text: PREFIX + x, key };
};

/** Throws `BadKey`. Only the one way to write a key is taken, so that a changed character is never the same key. */
export const parsePublicKey = (text: string): PublicKey => {
  const x = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  if (Buffer.from(x, 'base64url').length !== 32 || Buffer.from(x, 'base64url').toString('base64url') !== x)
    throw new BadKey(`A public key is "${PREFIX}" and 43 characters, as "ledger keys show" prints it.`);
  return publicKeyOf(createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
};

/** A new private key: PKCS #8 as base64 on one line, for a key file or the environment. */
export const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

/** Throws `BadKey`. */
export const parsePrivateKey = (text: string): SigningKey => {
  const key = privateKeyIn(text.trim());
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new BadKey(
      'A signing key is an Ed25519 private key as PKCS #8: PEM, or the base64 that "ledger keys make" makes.',
    );
  return {
    publicKey: publicKeyOf(createPublicKey(key)),
    sign: (bytes) => sign(null, bytes, key).toString('hex'),
  };
};

const privateKeyIn = (text: string): KeyObject | null => {
  try {
    return text.startsWith('-----')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
};

export const isSignedBy = ({ key }: PublicKey, bytes: Uint8Array, signature: string): boolean =>
  /^[0-9a-f]{128}$/.test(signature) && verify(null, bytes, key, Buffer.from(signature, 'hex'));
