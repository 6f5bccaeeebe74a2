/**
 * The last 1,000 command ids of a stream, so that the same command sent again gets its first receipt. What the receipt
 * said is read again from the stream; here is only where.
 */
export const REMEMBERED = 1000;
/**
 * Ids from outside. Nobody outside can take a clock's id (`t:`), and the clock's need no memory: time does not ask
 * twice.
 */
const OUTSIDE = 'c:';

export type KnownCommand = { readonly bodyHash: string; readonly first: bigint; readonly last: bigint };

export const outsideId = (key: string): string => OUTSIDE + key;

export const isOutsideId = (commandId: string): boolean => commandId.startsWith(OUTSIDE);

export class CommandMemory {
  readonly #known = new Map<string, KnownCommand>();

  get size(): number {
    return this.#known.size;
  }

  find(commandId: string): KnownCommand | null {
    return this.#known.get(commandId) ?? null;
  }

  /**
   * Events of one append have consecutive revisions, and the first has the hash of the body. Seeing one twice changes
   * nothing.
   */
  saw(commandId: string, bodyHash: string | undefined, revision: bigint): void {
    if (!isOutsideId(commandId)) return;
    const known = this.#known.get(commandId);
    if (known === undefined && bodyHash !== undefined)
      this.#add(commandId, { bodyHash, first: revision, last: revision });
    else if (known !== undefined && revision > known.last) this.#known.set(commandId, { ...known, last: revision });
  }

  #add(commandId: string, command: KnownCommand): void {
    this.#known.set(commandId, command);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}
