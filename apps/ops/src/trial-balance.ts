/** `ledger trial-balance`: 0 when everything sums to nothing, 1 when an account does not, or cannot be read. */
import { SOURCES, USES, type CurrencyBalance, type TrialStep } from '@ledger/audit';
import { untilInterrupted } from './interrupt.js';
import { findingText } from './verify.js';
import { ProgressBar } from './progress-bar.js';
import { ask, linesOf, ServiceError } from './service-client.js';

type Balance = Extract<TrialStep, { readonly kind: 'balance' }>;

export const trialBalance = async (at: string | undefined, format: 'csv' | 'json'): Promise<number> => {
  const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
  const bar = new ProgressBar(process.stderr);
  const answer = await ask('GET', `/v1/audit/trial-balance${query}`, { signal: untilInterrupted() });
  for await (const line of linesOf(answer)) {
    if (line.kind === 'failed') throw new ServiceError(String(line['reason']));
    const step = line as TrialStep;
    switch (step.kind) {
      case 'progress':
        bar.show({
          what: `${step.accounts} accounts, at`,
          unit: 'positions',
          done: Number(step.position),
          total: Number(step.head),
        });
        break;
      case 'off':
        console.error(`${step.accountId} does not sum to nothing: ${step.difference} ${step.currency}`);
        break;
      case 'unreadable':
        console.error(`${step.accountId} cannot be read: ${findingText(step.finding)}`);
        break;
      case 'balance':
        bar.end();
        console.log(format === 'json' ? JSON.stringify(step, null, 2) : csvOf(step));
        return step.off + step.unreadable === 0 ? 0 : 1;
    }
  }
  throw new ServiceError('The service stopped before all accounts were folded.');
};

/** A row for each line of each currency, and for each month of what is not yet earned. No field needs quotes. */
export const csvOf = ({ at, currencies }: Balance): string =>
  ['at,currency,side,line,month,amount', ...currencies.flatMap((currency) => rowsOf(at, currency))].join('\n');

const rowsOf = (
  at: string,
  { currency, lines, notYetEarnedByMonth, difference }: CurrencyBalance,
): readonly string[] => {
  const row = (side: string, line: string, month: string, amount: string): string =>
    [at, currency, side, line, month, amount].join();
  return [
    ...SOURCES.map((line) => row('came in', line, '', lines[line])),
    ...USES.flatMap((line) =>
      line === 'notYetEarned'
        ? Object.entries(notYetEarnedByMonth).map(([month, amount]) => row('is', line, month, amount))
        : [row('is', line, '', lines[line])],
    ),
    row('', 'difference', '', difference),
  ];
};
