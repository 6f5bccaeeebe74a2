import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFileIn, makeKeyIn, newPrivateKey, parsePrivateKey, rotateKeyIn } from '@ledger/audit';
import { SigningKeys } from './signing-keys.js';

describe('the keys that evidence is signed with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signing-'));
  const path = keyFileIn(folder);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those of the data folder, as they are when something is signed', () => {
    const keys = new SigningKeys(folder, null);
    expect(() => keys.inUse()).toThrow('cannot answer');
    const made = makeKeyIn(path, '2026-01-01T00:00:00Z');
    expect(keys.inUse().publicKey.text).toBe(made?.publicKey);
    const next = rotateKeyIn(path, '2026-02-01T00:00:00Z');
    expect(keys.inUse().publicKey.text).toBe(next?.publicKey);
    expect(keys.known().map(({ keyId }) => keyId)).toEqual([made?.keyId, next?.keyId]);
  });

  it('are the environment’s where it has one, and the folder’s stay listed as they were', () => {
    const given = newPrivateKey();
    const { keyId, text } = parsePrivateKey(given).publicKey;
    const keys = new SigningKeys(folder, given);
    expect(keys.inUse().publicKey.keyId).toBe(keyId);
    expect(keys.known().at(-1)).toEqual({ keyId, publicKey: text, madeAt: null, retiredAt: null });
    expect(keys.known()).toHaveLength(3);
  });
});
