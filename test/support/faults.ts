/** How much the fault specs do: a little of everything in `npm test`, all of it in `npm run faults`. */
export const isFull = process.env['FAULTS'] === 'full';

export const SIZE = isFull
  ? {
      events: 1_000_000,
      kills: 50,
      eventsUnderKills: 100_000,
      awayMs: 60_000,
      appsBilled: 250,
      dueAccounts: 5000,
      secondsApart: 10,
      bills: 100_000,
      batch: { commands: 10_000, accounts: 1000 },
      limitMs: 3_600_000,
    }
  : {
      events: 20_000,
      kills: 5,
      eventsUnderKills: 4000,
      awayMs: 1000,
      appsBilled: 100,
      dueAccounts: 250,
      secondsApart: 3,
      bills: 300,
      batch: { commands: 300, accounts: 30 },
      limitMs: 240_000,
    };

/** Of a report that only `npm run faults` prints. */
export const report = (line: string): void => {
  if (isFull) process.stdout.write(`${line}\n`);
};
