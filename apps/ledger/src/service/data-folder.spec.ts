import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUse, openDataFolder } from './data-folder.js';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'data-folder-')), 'data');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true }));

describe('the data folder', () => {
  it('is made at the first start, with a token that only its owner reads', () => {
    const folder = openDataFolder(path);
    expect(folder.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(statSync(folder.tokenPath).mode & 0o777).toBe(0o600);
    folder.release();
  });

  it('keeps the token, and sees that only its owner reads it', () => {
    const first = openDataFolder(path);
    first.release();
    chmodSync(first.tokenPath, 0o644);
    const second = openDataFolder(path);
    expect(second.token).toBe(first.token);
    expect(statSync(second.tokenPath).mode & 0o777).toBe(0o600);
    second.release();
  });

  it('belongs to one at a time', () => {
    const folder = openDataFolder(path);
    expect(() => openDataFolder(path)).toThrow(FolderInUse);
    folder.release();
    openDataFolder(path).release();
  });

  it('is given back when the token in it cannot be used', () => {
    openDataFolder(path).release();
    writeFileSync(join(path, 'token'), 'short\n');
    expect(() => openDataFolder(path)).toThrow(/at least 32 characters/);
    writeFileSync(join(path, 'token'), `${'x'.repeat(32)}\n`);
    openDataFolder(path).release();
  });
});
