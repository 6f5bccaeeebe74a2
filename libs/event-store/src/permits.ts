/** At most so many at a time; the others wait their turn, in order, and not for ever. */
import { TimedOut } from './in-time.js';

export class Permits {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with what gives the permit back, to be called once. */
  async take(milliseconds: number): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(milliseconds);
    return () => this.#giveBack();
  }

  #turn(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(turn);
        reject(new TimedOut(`no turn in ${milliseconds} ms: too many calls in flight`));
      }, milliseconds);
      this.#waiting.add(turn);
    });
  }

  #giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
