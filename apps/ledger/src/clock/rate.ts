/** How fast a count grows, from what it was when somebody looked before. */
type Look = { readonly at: number; readonly count: number };

export class Rate {
  #looks: readonly Look[] = [];

  /** `windowMs` is how far back a look still counts. */
  constructor(private readonly windowMs: number) {}

  /** A second, since the oldest look that counts; null at the first one. `at` in milliseconds. */
  look(count: number, at: number): number | null {
    const looks = this.#looks.filter((look) => look.at >= at - this.windowMs && look.count <= count);
    this.#looks = [...looks, { at, count }];
    const [oldest] = looks;
    return oldest === undefined || at <= oldest.at ? null : ((count - oldest.count) * 1000) / (at - oldest.at);
  }
}
