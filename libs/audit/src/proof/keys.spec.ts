import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keyFileIn, knownKeysIn, makeKeyIn, rotateKeyIn, signingKeyIn } from './key-file.js';
import { BadKey, isSignedBy, newPrivateKey, parsePrivateKey, parsePublicKey } from './keys.js';

const bytes = Buffer.from('what was signed');

describe('a signing key', () => {
  const key = parsePrivateKey(newPrivateKey());

  it('signs what its public half proves, and nothing else', () => {
    const publicKey = parsePublicKey(key.publicKey.text);
    const signature = key.sign(bytes);
    expect(publicKey.keyId).toBe(key.publicKey.keyId);
    expect(isSignedBy(publicKey, bytes, signature)).toBe(true);
    expect(isSignedBy(publicKey, Buffer.from('what was not'), signature)).toBe(false);
    expect(isSignedBy(publicKey, bytes, signature.toUpperCase())).toBe(false);
    expect(isSignedBy(parsePrivateKey(newPrivateKey()).publicKey, bytes, signature)).toBe(false);
  });

  it('is read as PEM too', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
    const one = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    expect(parsePrivateKey(String(pem)).publicKey.text).toBe(parsePrivateKey(one).publicKey.text);
  });

  it.each([
    ['nothing', ''],
    ['no key', 'secret'],
    ['a key of another kind', generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' })],
  ])('is not %s, and the message does not show it', (_, text) => {
    expect(() => parsePrivateKey(String(text))).toThrow(BadKey);
    expect(() => parsePrivateKey(String(text))).not.toThrow(String(text).slice(-20) || 'nothing');
  });

  it.each([
    '',
    'ed25519:',
    key.publicKey.text.slice(8),
    `${key.publicKey.text}=`,
    `${key.publicKey.text.slice(0, -1)}_`,
  ])('has one way to write its public half, and %s is not it', (text) => {
    expect(() => parsePublicKey(text)).toThrow(BadKey);
  });
});

describe('the key file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = keyFileIn(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner alone', () => {
    const made = makeKeyIn(path, '2026-01-01T00:00:00Z');
    expect(made).toMatchObject({ retiredAt: null });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(signingKeyIn(path)?.publicKey.text).toBe(made?.publicKey);
    const before = readFileSync(path, 'utf8');
    expect(makeKeyIn(path, '2026-01-02T00:00:00Z')).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('keeps the public half of every key, and the private one of the last alone', () => {
    const first = makeKeyIn(path, '2026-01-01T00:00:00Z');
    const signed = signingKeyIn(path)?.sign(bytes) ?? '';
    const old = readFileSync(path, 'utf8');
    const second = rotateKeyIn(path, '2026-02-01T00:00:00Z');
    expect(knownKeysIn(path)).toEqual([{ ...first, retiredAt: '2026-02-01T00:00:00Z' }, second]);
    expect(signingKeyIn(path)?.publicKey.text).toBe(second?.publicKey);
    expect(readFileSync(path, 'utf8')).not.toContain((JSON.parse(old) as { privateKey: string }).privateKey);
    expect(isSignedBy(parsePublicKey(first?.publicKey ?? ''), bytes, signed)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that is not there has no key, and none to rotate', () => {
    expect([signingKeyIn(path), rotateKeyIn(path, '2026-02-01T00:00:00Z'), knownKeysIn(path)]).toEqual([
      null,
      null,
      [],
    ]);
  });

  it.each([JSON.stringify({ privateKey: 'x', keys: [] }), '{', 'null', '{}'])(
    'that holds no key says so: %s',
    (text) => {
      writeFileSync(path, text);
      expect(() => signingKeyIn(path)).toThrow(BadKey);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('is made where the folder is not there yet', () => {
    const inside = keyFileIn(join(folder, 'data'));
    expect(makeKeyIn(inside, '2026-01-01T00:00:00Z')).not.toBeNull();
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });
});
