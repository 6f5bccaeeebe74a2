import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The service's own folder: one process at a time has it. */
export type DataFolder = {
  readonly storePath: string;
  readonly readDatabasePath: string;
  readonly tokenPath: string;
  /** What callers send as their bearer token. */
  readonly token: string;
  /** With which previews are signed. */
  readonly previewKey: string;
  release(): void;
};

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** Makes the folder where it is missing, and its secrets at the first start. Throws `FolderInUse`, or what the system says. */
export const openDataFolder = (path: string): DataFolder => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const release = lock(path);
  try {
    const tokenPath = join(path, 'token');
    return {
      storePath: join(path, 'store'),
      readDatabasePath: join(path, 'read-models.sqlite'),
      tokenPath,
      token: secretIn(tokenPath, 'token'),
      previewKey: secretIn(join(path, 'preview-key'), 'key'),
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
};

/** SQLite's lock is the system's: it goes with the process, however that ends, so no stale one keeps the next start out. */
const lock = (path: string): (() => void) => {
  const file = new DatabaseSync(join(path, 'lock'));
  try {
    file.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    file.close();
    if (!String(error).includes('locked')) throw error;
    throw new FolderInUse(`The data folder ${path} is in use by another process: stop that, or set another DATA_DIR.`);
  }
  return () => file.close();
};

/** Made where it is missing: written beside and renamed, so that a crash leaves no half secret. */
const secretIn = (path: string, what: string): string => {
  if (!existsSync(path)) {
    const fresh = `${path}.new`;
    writeFileSync(fresh, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    renameSync(fresh, path);
  }
  chmodSync(path, 0o600);
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32)
    throw new Error(`${path} holds no ${what} of at least 32 characters: delete it, and a new one is made.`);
  return secret;
};
