/** Sleep that somebody may end. A ring while nobody sleeps ends the next sleep at once, so that none is lost. */
export class Alarm {
  #rung = false;
  #end: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#end?.();
  }

  /** Resolves after the time, or when it rings. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      this.#end = resolve;
      await promise;
      clearTimeout(timer);
      this.#end = null;
    }
    this.#rung = false;
  }
}
