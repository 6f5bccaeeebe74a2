import { comparePositions, type Position } from '@ledger/event-store';

type Waiting = { readonly position: Position; readonly resolve: () => void };

/** How far the projector has come, and who waits for it. */
export class Progress {
  #position: Position | null = null;
  readonly #waiting = new Set<Waiting>();

  /** Null while nothing was projected. */
  get position(): Position | null {
    return this.#position;
  }

  moveTo(position: Position): void {
    this.#position = position;
    for (const waiting of this.#waiting) if (this.#has(waiting.position)) waiting.resolve();
  }

  /** Whether `position` is projected within `milliseconds`. */
  async reaches(position: Position, milliseconds: number): Promise<boolean> {
    if (this.#has(position)) return true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting: Waiting = { position, resolve };
    const timer = setTimeout(resolve, milliseconds);
    this.#waiting.add(waiting);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(waiting);
    return this.#has(position);
  }

  #has(position: Position): boolean {
    return this.#position !== null && comparePositions(this.#position, position) >= 0;
  }
}
