/** What a property finds: nothing where it holds, else fast-check's report, with the history shrunk and the seed. */
import fc from 'fast-check';
import { histories, type History } from './histories.js';
import { played, type Ledger } from './ledger.js';

const RUNS = 100;

export const failureOf = <T>(property: fc.IProperty<T>, numRuns = RUNS): string | undefined => {
  const details = fc.check(property, { numRuns });
  const report = fc.defaultReportMessage(details);
  return report && `${report}\n${String(details.failed ? details.errorInstance : '')}`;
};

/** Of all that a look at a played history finds wrong, or throws, the first. */
export const wrongInAny = (
  wrongs: (ledger: Ledger, history: History) => Iterable<unknown> | void,
  numRuns = RUNS,
): string | undefined =>
  failureOf(
    fc.property(histories(), (history) => {
      for (const wrong of wrongs(played(history.steps), history) ?? [])
        throw new Error(`wrong: ${fc.stringify(wrong)}`);
    }),
    numRuns,
  );
