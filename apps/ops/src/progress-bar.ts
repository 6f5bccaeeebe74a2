/** Progress as people see it: a bar that moves on a terminal, plain lines anywhere else. */

export type Progress = {
  readonly what: string;
  /** Of what `done` and `total` are numbers; events by default. */
  readonly unit?: string;
  readonly done: number;
  readonly total: number;
};

const WIDTH = 30;
const PLAIN_LINE_MS = 2000;

/** How many, percent, rate and time left. `seconds` is how long the `done - before` took. */
export const progressText = (
  { what, unit = 'events', done, total }: Progress,
  before: number,
  seconds: number,
): string => {
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
  const rate = seconds > 0 ? (done - before) / seconds : 0;
  const left = rate > 0 ? `${Math.ceil(Math.max(0, total - done) / rate)} s left` : 'time left unknown';
  const count = (n: number): string => Math.round(n).toLocaleString('en-US');
  return `${what} ${count(done)} of ${count(total)} ${unit}, ${percent} %, ${count(rate)}/s, ${left}`;
};

const bar = ({ done, total }: Progress): string => {
  const full = total === 0 ? WIDTH : Math.min(WIDTH, Math.floor((done / total) * WIDTH));
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}]`;
};

export class ProgressBar {
  #first: { readonly done: number; readonly at: number } | null = null;
  #saidAt = -Infinity;

  constructor(private readonly out: Pick<NodeJS.WriteStream, 'isTTY' | 'write' | 'columns'>) {}

  show(progress: Progress, now = performance.now()): void {
    this.#first ??= { done: progress.done, at: now };
    const text = progressText(progress, this.#first.done, (now - this.#first.at) / 1000);
    if (this.out.isTTY)
      this.out.write(`\r\u001B[K${`${bar(progress)} ${text}`.slice(0, (this.out.columns || 80) - 1)}`);
    else if (now - this.#saidAt >= PLAIN_LINE_MS) {
      this.out.write(`${text}\n`);
      this.#saidAt = now;
    }
  }

  /** Leaves the bar where it is. */
  end(): void {
    if (this.out.isTTY && this.#first !== null) this.out.write('\n');
  }
}
