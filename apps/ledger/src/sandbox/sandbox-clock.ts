/** A clock that can be set, forward only, and that goes on from there. It survives a restart in the data folder. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iso, type Instant } from '@ledger/domain';
import { Clock } from '../service/clock.js';

/** Its file also marks the folder: what happens there is not real, and lies in the future. */
const FILE = 'sandbox-clock.json';

/** `aheadMs` of the real clock; `to` is the last instant that it was set to. */
type Kept = { readonly aheadMs: number; readonly to: string | null };

export const isSandboxFolder = (folder: string): boolean => existsSync(join(folder, FILE));

export class SandboxClock extends Clock {
  readonly #path: string;
  #kept: Kept;

  /** In a data folder of its own. Throws when what the folder holds is no clock's. */
  constructor(folder: string) {
    super();
    this.#path = join(folder, FILE);
    this.#kept = existsSync(this.#path) ? keptIn(this.#path) : { aheadMs: 0, to: null };
    this.#keep(this.#kept);
  }

  override now(): number {
    return super.now() + this.#kept.aheadMs;
  }

  /** Whether it was set to this instant last: asking for it again is no step back. */
  wasSetTo(to: Instant): boolean {
    return this.#kept.to === iso(to);
  }

  /** On disk before anybody can see it, so that no restart goes back. Nothing happens when it is later already. */
  setTo(to: Instant): void {
    const ahead = to * 1000 - super.now();
    if (ahead <= this.#kept.aheadMs) return;
    this.#keep({ aheadMs: ahead, to: iso(to) });
    this.wasSet();
  }

  /** Written beside and renamed, so that a crash leaves the one or the other. */
  #keep(kept: Kept): void {
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(kept)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
    this.#kept = kept;
  }
}

const keptIn = (path: string): Kept => {
  const { aheadMs, to = null }: { readonly aheadMs?: unknown; readonly to?: unknown } = Object(
    JSON.parse(readFileSync(path, 'utf8')),
  );
  if (typeof aheadMs === 'number' && aheadMs >= 0 && (to === null || typeof to === 'string')) return { aheadMs, to };
  throw new Error(`${path} is not as the sandbox's clock wrote it: restore it, or set another DATA_DIR.`);
};
