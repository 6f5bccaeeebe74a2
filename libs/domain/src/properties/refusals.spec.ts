/** A refusal is a name and the clause that says so, the same whatever the command. language.md, Refusals */
import { describe, expect, it } from '@jest/globals';
import { COMMAND_REFUSALS } from '../command-refusals.js';
import { REFUSALS, type ItemResult, type Refused } from '../decision.js';
import { wrongInAny } from './failure.js';

type Named = Pick<Refused, 'refusal' | 'clause' | 'details'>;

const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);

const citesItsClause = ({ refusal, clause, details }: Named): boolean =>
  clause === REFUSALS[refusal] && Object.values(details).every(isPlain);

const refusedOf = (items: readonly ItemResult[] = []): readonly Named[] => items.filter((item) => 'refusal' in item);

describe('every refusal cites the clause of its name, with details of plain values', () => {
  it('of a command', () => {
    const wrong = wrongInAny(({ refusals }) => refusals.filter(({ refused }) => !citesItsClause(refused)));
    expect(wrong).toBeUndefined();
  });

  it('and is one that its command is documented with', () => {
    const wrong = wrongInAny(({ refusals }) =>
      refusals.filter(({ command, refused }) => !COMMAND_REFUSALS[command.do].includes(refused.refusal)),
    );
    expect(wrong).toBeUndefined();
  });

  it('of each item of a batch, whether others are accepted or not', () => {
    const wrong = wrongInAny(({ refusals, appends }) =>
      [...refusals.map(({ refused }) => refused), ...appends.map(({ before, again }) => again(before))].flatMap(
        ({ items }) => refusedOf(items).filter((item) => !citesItsClause(item)),
      ),
    );
    expect(wrong).toBeUndefined();
  });
});
