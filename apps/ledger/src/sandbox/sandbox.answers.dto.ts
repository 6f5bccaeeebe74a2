export class SandboxClockDto {
  /** What the clock shows now: it goes on from where it was set. */
  readonly now!: string;
  /** Accounts in which something is due that could not be done: `ops clock stuck` says why. */
  readonly setAside!: number;
}
