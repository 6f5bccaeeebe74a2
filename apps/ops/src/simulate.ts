/** `simulate`: the exit codes are 0, and 2 for a file that cannot be read or is malformed. */
import { readFile } from 'node:fs/promises';
import { parseJourney } from '@ledger/contract';
import { simulate } from '@ledger/domain';
import { write } from './lines.js';

type Simulated = { readonly result: ReturnType<typeof simulate> } | { readonly errors: readonly string[] };

const simulated = (json: string): Simulated => {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch (error) {
    return { errors: [`not JSON: ${messageOf(error)}`] };
  }
  const parsed = parseJourney(file);
  if ('problems' in parsed)
    return { errors: parsed.problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)) };
  return { result: simulate(parsed.journey.steps) };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Prints the result of one journey; says on standard error what is wrong with the file, step by step and field by field. */
export const simulateFile = async (path: string): Promise<number> => {
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (error) {
    console.error(`simulate: ${messageOf(error)}`);
    return 2;
  }
  const outcome = simulated(json);
  if ('errors' in outcome) {
    for (const error of outcome.errors) console.error(`${path}: ${error}`);
    return 2;
  }
  await write(process.stdout, `${JSON.stringify(outcome.result, null, process.stdout.isTTY ? 2 : 0)}\n`);
  return 0;
};

/** One line for a journey on a line: its result, or what is wrong with it. */
export const answerTo = (line: string): string => {
  try {
    const outcome = simulated(line);
    return JSON.stringify('errors' in outcome ? { error: outcome.errors.join('; ') } : outcome.result);
  } catch (error) {
    // An exception is a bug of ours; it must not cost the caller the journeys that follow.
    return JSON.stringify({ error: `the simulation failed: ${messageOf(error)}` });
  }
};
