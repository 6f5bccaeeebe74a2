/**
 * The signing keys of a service, in one file of its data folder, mode 600: the private key in use, and the public half of
 * every key there ever was. Rotation is one rename, so there is never a moment without a key.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BadKey, newPrivateKey, parsePrivateKey, type SigningKey } from './keys.js';

export type KnownKey = {
  readonly keyId: string;
  readonly publicKey: string;
  /** Null for a key that was made elsewhere. */
  readonly madeAt: string | null;
  /** Null for the one in use. What it signed until then stays proved by it. */
  readonly retiredAt: string | null;
};

type KeyFile = { readonly privateKey: string; readonly keys: readonly KnownKey[] };

export const keyFileIn = (dataDir: string): string => join(dataDir, 'signing-keys.json');

const read = (path: string): KeyFile | null => {
  if (!existsSync(path)) return null;
  const file = parsed(readFileSync(path, 'utf8'));
  if (file === null)
    throw new BadKey(`${path} holds no keys: put back a copy of it, or move it away and make a new one.`);
  return file;
};

const parsed = (text: string): KeyFile | null => {
  try {
    const file = JSON.parse(text) as Partial<KeyFile> | null;
    const { privateKey, keys } = file ?? {};
    return typeof privateKey === 'string' && Array.isArray(keys) ? { privateKey, keys } : null;
  } catch {
    return null;
  }
};

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
const write = (path: string, file: KeyFile): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
};

/** The key in use; null where none was made. Throws `BadKey`, or what the system says. */
export const signingKeyIn = (path: string): SigningKey | null => {
  const file = read(path);
  return file && parsePrivateKey(file.privateKey);
};

/** Every key there ever was, the one in use last. Throws `BadKey`. */
export const knownKeysIn = (path: string): readonly KnownKey[] => read(path)?.keys ?? [];

/** Makes the first key; null where there is one already. */
export const makeKeyIn = (path: string, at: string): KnownKey | null => (existsSync(path) ? null : nextKey(path, at));

/** Makes the next key; null where there is none yet. The private key before it is gone, its public half stays listed. */
export const rotateKeyIn = (path: string, at: string): KnownKey | null => (existsSync(path) ? nextKey(path, at) : null);

const nextKey = (path: string, at: string): KnownKey => {
  const privateKey = newPrivateKey();
  const { keyId, text } = parsePrivateKey(privateKey).publicKey;
  const made: KnownKey = { keyId, publicKey: text, madeAt: at, retiredAt: null };
  const before = knownKeysIn(path).map((key) => ({ ...key, retiredAt: key.retiredAt ?? at }));
  write(path, { privateKey, keys: [...before, made] });
  return made;
};
