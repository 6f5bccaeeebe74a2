/** A history that questions go back and forth in: its steps, and the situation before any of them. */
import type { Moment, Step } from '../history/course.js';
import { evolved, NOTHING, type Situation } from '../history/situation.js';

/** A situation is kept this often; those between are folded from it. Keeping all would be quadratic in apps. */
const KEPT_EVERY = 64;

export class Past {
  private readonly kept: Situation[] = [NOTHING];

  private constructor(
    readonly steps: readonly Step[],
    readonly last: Situation,
  ) {}

  static async of(moments: AsyncIterable<Moment>): Promise<Past> {
    const steps: Step[] = [];
    const kept: Situation[] = [];
    let last = NOTHING;
    for await (const { step, before, after } of moments) {
      if (steps.length % KEPT_EVERY === 0) kept.push(before);
      steps.push(step);
      last = after;
    }
    const past = new Past(steps, last);
    past.kept.splice(0, 1, ...(kept.length === 0 ? [NOTHING] : kept));
    return past;
  }

  /** Before the step of that place; after the last one where there is none. */
  before(place: number): Situation {
    const from = Math.min(Math.floor(place / KEPT_EVERY), this.kept.length - 1);
    let situation = this.kept[from] ?? NOTHING;
    for (const { event } of this.steps.slice(from * KEPT_EVERY, place)) situation = evolved(situation, event);
    return situation;
  }
}
