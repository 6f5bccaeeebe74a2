/** Says to people, or with `--json` to programs, why a verb failed. */
import { EXIT, Failure } from './failure.js';
import { ask, exitCodeOf, ProblemAnswer, type ProblemBody } from './service-client.js';
import { textOf } from './show.js';

/** An exit code of its own for what is nobody's fault but ours. */
const BUG = 70;

/** How long somebody waits for advice on what went wrong. */
const LONGEST_ADVICE_MS = 3000;

/**
 * Prints the failure; returns the exit code. Problems go to standard output with `--json`, so that a script reads one
 * document whatever became of its request; anything else goes to standard error.
 */
export const explain = async (error: unknown, json: boolean): Promise<number> => {
  if (!(error instanceof Failure)) {
    console.error(error);
    return BUG;
  }
  if (!(error instanceof ProblemAnswer)) console.error(error.message);
  else if (json) console.log(JSON.stringify(error.problem));
  else for (const line of linesOf(error, await pageOf(error.problem))) console.error(line);
  return error.exitCode;
};

/** What the service says of a kind of problem. */
type ProblemPage = {
  readonly whatToDo?: string;
  readonly clause?: { readonly id: string; readonly text: string } | null;
};

/** The page that the problem's type leads to, where it is the service's own; nothing else is lost when it does not come. */
const pageOf = async ({ type }: ProblemBody): Promise<ProblemPage> => {
  if (!type.startsWith('/')) return {};
  const signal = AbortSignal.timeout(LONGEST_ADVICE_MS);
  try {
    return (await (await ask('GET', type, { withoutToken: true, signal })).json()) as ProblemPage;
  } catch {
    return {};
  }
};

const linesOf = ({ problem, retryAfter }: ProblemAnswer, { whatToDo, clause }: ProblemPage): readonly string[] => {
  const { title, detail, errors = [], details = {}, items } = problem;
  return [
    title,
    ...(detail !== undefined && errors.length === 0 ? [`  ${detail}`] : []),
    ...errors.map(({ field, message }) => `  ${field === '' ? '' : `${field}: `}${message}`),
    ...Object.entries(details).map(([name, value]) => `  ${name}: ${textOf(value)}`),
    ...(Array.isArray(items) ? items.map((item, i) => `  items[${i}]: ${textOf(item)}`) : []),
    ...(clause ? [`  ${clause.id}: ${clause.text}`] : []),
    ...[...ofThisProgram(problem, retryAfter), ...(whatToDo === undefined ? [] : [whatToDo])].map(
      (line) => `  → ${line}`,
    ),
  ];
};

/** What one does here about it, where the service cannot know. */
const ofThisProgram = ({ status, clause }: ProblemBody, retryAfter: number | null): readonly string[] => {
  if (clause !== undefined && clause !== null) return [`The rule is ${clause} in docs/pricing.md.`];
  if (status === 401) return ['Set LEDGER_TOKEN, or name a file with --token-file.'];
  if (status === 412) return ['See what would happen now with --dry-run, and commit that with --if-match.'];
  if (exitCodeOf(status) !== EXIT.unreachable) return [];
  return [`Try again${retryAfter === null ? '' : ` in ${retryAfter} s`}, a command under the same key.`];
};
