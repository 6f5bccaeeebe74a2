/** Work that keeps its order within a lane and runs side by side across lanes, so much of it at once. */
export class Lanes {
  readonly #last = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #room: number;
  #failure: { readonly error: unknown } | null = null;
  #onRoom: (() => void) | null = null;

  /** `added` is how much may wait or run, so that memory stays bounded however much there is to come. */
  constructor(atOnce: number, added: number) {
    this.#free = atOnce;
    this.#room = added;
  }

  /** Takes work, as soon as there is room for it; throws what any work before has thrown. */
  async add(lane: string, work: () => Promise<void>): Promise<void> {
    while (this.#room === 0) await new Promise<void>((resolve) => (this.#onRoom = resolve));
    this.#throwFailure();
    this.#room -= 1;
    const done = (this.#last.get(lane) ?? Promise.resolve()).then(() => this.#run(work));
    this.#last.set(lane, done);
    void done.then(() => {
      if (this.#last.get(lane) === done) this.#last.delete(lane);
      this.#room += 1;
      this.#onRoom?.();
    });
  }

  /** When all of it is through; throws what any work has thrown. */
  async end(): Promise<void> {
    await Promise.all(this.#last.values());
    this.#throwFailure();
  }

  /** Never rejects: what goes wrong is thrown to whoever adds more or waits for the end, and nothing more is run. */
  async #run(work: () => Promise<void>): Promise<void> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      if (this.#failure === null) await work();
    } catch (error) {
      this.#failure ??= { error };
    }
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
