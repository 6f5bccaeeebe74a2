import {
  BadKey,
  keyFileIn,
  knownKeysIn,
  parsePrivateKey,
  signingKeyIn,
  type KnownKey,
  type SigningKey,
} from '@ledger/audit';
import { unavailable } from '../http/problem.js';

/**
 * The keys that evidence is signed with: the environment's, or those of the data folder. Looked up anew each time, so that
 * a rotation needs no restart.
 */
export class SigningKeys {
  readonly #path: string;

  constructor(
    dataDir: string,
    /** LEDGER_SIGNING_KEY: it wins over the file's. */
    private readonly given: string | null,
  ) {
    this.#path = keyFileIn(dataDir);
  }

  /** Throws a `Problem` where there is none. */
  inUse(): SigningKey {
    const key = this.given === null ? this.#inFolder() : parsePrivateKey(this.given);
    if (key) return key;
    throw unavailable(
      'no-signing-key',
      'There is no key to sign with: make one with "ledger keys make" in the data folder, or set LEDGER_SIGNING_KEY.',
      60,
    );
  }

  #inFolder(): SigningKey | null {
    try {
      return signingKeyIn(this.#path);
    } catch (error) {
      throw error instanceof BadKey ? unavailable('no-signing-key', error.message, 60) : error;
    }
  }

  /** Every public key that evidence may be proved by, retired ones too. */
  known(): readonly KnownKey[] {
    const kept = knownKeysIn(this.#path);
    if (this.given === null) return kept;
    const { keyId, text } = parsePrivateKey(this.given).publicKey;
    const others = kept.filter((key) => key.keyId !== keyId);
    return [...others, { keyId, publicKey: text, madeAt: null, retiredAt: null }];
  }
}
