/** Says to people, or with `--json` to programs, why a verb failed. */
import { EXIT, Failure } from './failure.js';
import { exitCodeOf, ProblemAnswer, type ProblemBody } from './service-client.js';
import { textOf } from './show.js';

/** An exit code of its own for what is nobody's fault but ours. */
const BUG = 70;

/**
 * Prints the failure; returns the exit code. Problems go to standard output with `--json`, so that a script reads one
 * document whatever became of its request; anything else goes to standard error.
 */
export const explain = (error: unknown, json: boolean): number => {
  if (!(error instanceof Failure)) {
    console.error(error);
    return BUG;
  }
  if (!(error instanceof ProblemAnswer)) console.error(error.message);
  else if (json) console.log(JSON.stringify(error.problem));
  else for (const line of linesOf(error.problem, error.retryAfter)) console.error(line);
  return error.exitCode;
};

const linesOf = (problem: ProblemBody, retryAfter: number | null): readonly string[] => {
  const { title, detail, errors = [], details = {}, items } = problem;
  return [
    title,
    ...(detail !== undefined && errors.length === 0 ? [`  ${detail}`] : []),
    ...errors.map(({ field, message }) => `  ${field === '' ? '' : `${field}: `}${message}`),
    ...Object.entries(details).map(([name, value]) => `  ${name}: ${textOf(value)}`),
    ...(Array.isArray(items) ? items.map((item, i) => `  items[${i}]: ${textOf(item)}`) : []),
    ...whatToDo(problem, retryAfter).map((line) => `  → ${line}`),
  ];
};

const whatToDo = ({ status, clause, type }: ProblemBody, retryAfter: number | null): readonly string[] => {
  const page = /^https?:/.test(type) ? [`About this problem: ${type}`] : [];
  if (clause !== undefined && clause !== null) return [`The rule is ${clause} in docs/pricing.md.`, ...page];
  if (status === 401) return ['Set LEDGER_TOKEN, or name a file with --token-file.', ...page];
  if (status === 403) return ["The token's role may not do this: use one that may.", ...page];
  if (status === 412) return ['See what would happen now with --dry-run, and commit that.', ...page];
  if (exitCodeOf(status) === EXIT.unreachable)
    return [`Try again${retryAfter === null ? '' : ` in ${retryAfter} s`}, a command under the same key.`, ...page];
  return page;
};
