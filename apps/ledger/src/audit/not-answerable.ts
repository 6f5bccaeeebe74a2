/** Questions about a history that have no answer, as problems. */
import { NotAnswerable } from '@ledger/audit';
import { malformed, notFound, problem, type Problem } from '../http/problem.js';
import { quarantined } from '../reads/quarantined.js';

/** A question without an answer is a problem; `end` is the parameter that said as of when. */
export const orProblem = async <T>(work: () => Promise<T>, end: string): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NotAnswerable ? problemOf(error, end) : error;
  }
};

const problemOf = ({ obstacle, message }: NotAnswerable, end: string): Problem => {
  switch (obstacle.kind) {
    case 'unreadable':
      return quarantined(obstacle);
    case 'unknown-account':
      return notFound('account-unknown', message);
    case 'unknown-revision':
      return malformed([{ field: end, rule: 'revision', message }]);
    case 'too-far':
      return malformed([{ field: end, rule: 'range', message }]);
    case 'backwards':
      return malformed([{ field: 'from', rule: 'order', message }]);
    case 'unknown-refusal':
      return notFound('refusal-unknown', message);
    case 'unknown-fact': {
      const { path, known, next } = obstacle;
      return problem('fact-unknown', message, { path, known, next });
    }
  }
};
