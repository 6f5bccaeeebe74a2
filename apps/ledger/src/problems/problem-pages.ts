/** What is known of each kind of problem, for whoever follows its `type`. */
import { CLAUSE_TEXTS } from '@ledger/contract';
import { COMMAND_REFUSALS, REFUSALS, type Clause, type RefusalName } from '@ledger/domain';
import { problemType } from '../http/problem.js';
import type { ProblemPageDto } from './problems.answers.dto.js';
import { PROBLEMS, type ProblemName } from './problem-types.js';
import { REFUSAL_TEXTS } from './refusal-texts.js';

/** Who or what is not there is a 404; all else that the rules refuse is a 422. */
export const refusalStatus = (name: RefusalName): 404 | 422 =>
  name === 'AccountUnknown' || name === 'AppUnknown' ? 404 : 422;

export const refusalTitle = (name: RefusalName): string => `Refused: ${name} (${REFUSALS[name]})`;

const ofRefusal = (name: RefusalName): ProblemPageDto => {
  const clause: Clause = REFUSALS[name];
  return {
    type: problemType(name),
    title: refusalTitle(name),
    status: refusalStatus(name),
    ...REFUSAL_TEXTS[name],
    clause: { id: clause, text: CLAUSE_TEXTS.get(clause) ?? '' },
    commands: Object.entries(COMMAND_REFUSALS).flatMap(([command, names]) => (names.includes(name) ? [command] : [])),
  };
};

const ofProblem = (name: ProblemName): ProblemPageDto => ({
  type: problemType(name),
  ...PROBLEMS[name],
  clause: null,
  commands: [],
});

/** By name: first the refusals of the rules, then all else. */
export const PROBLEM_PAGES: ReadonlyMap<string, ProblemPageDto> = new Map([
  ...(Object.keys(REFUSALS) as RefusalName[]).map((name) => [name, ofRefusal(name)] as const),
  ...(Object.keys(PROBLEMS) as ProblemName[]).map((name) => [name, ofProblem(name)] as const),
]);
