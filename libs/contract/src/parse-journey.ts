/** Journeys: a file of steps on a virtual clock, each with the command that is given then. */
import { parseInstant, type Command, type Instant } from '@ledger/domain';
import { isBody, type Body } from './kinds.js';
import { parseCommand } from './parse-command.js';
import type { FieldProblem } from './shape.js';

/** A step without a command moves the clock. */
export type Step = { readonly at: Instant; readonly command?: Command };
export type Journey = { readonly title?: string; readonly steps: readonly Step[] };

export type ParsedJourney = { readonly journey: Journey } | { readonly problems: readonly FieldProblem[] };

const INSTANT = 'give an ISO 8601 instant with an offset, such as "2024-08-01T10:00:00+08:00"';

/** The journey in a parsed JSON file; or every bad field, named by its step: `steps[3].with.amount`. Never throws. */
export const parseJourney = (file: unknown): ParsedJourney => {
  if (!isBody(file))
    return { problems: [{ field: '', rule: 'object', message: 'give a journey: an object with a list of steps' }] };
  const problems = unknownFields(file, '', ['title', 'start', 'steps']);
  const { title, start, steps } = file;
  if (title !== undefined && title !== null && typeof title !== 'string')
    problems.push({ field: 'title', rule: 'text', message: 'give a string' });
  if (start !== undefined && start !== null && instantOf(start) === null)
    problems.push({ field: 'start', rule: 'instant', message: INSTANT });
  if (!Array.isArray(steps)) {
    problems.push({ field: 'steps', rule: 'list', message: 'give a list of steps' });
    return { problems };
  }
  const read: Step[] = [];
  let last = -Infinity;
  steps.forEach((step: unknown, i) => {
    const parsed = parseStep(step, `steps[${i}]`, last, problems);
    if (parsed) {
      read.push(parsed);
      last = parsed.at;
    }
  });
  if (problems.length > 0) return { problems };
  return { journey: { ...(typeof title === 'string' && { title }), steps: read } };
};

const instantOf = (value: unknown): Instant | null => (typeof value === 'string' ? parseInstant(value) : null);

const parseStep = (step: unknown, path: string, last: Instant, problems: FieldProblem[]): Step | undefined => {
  if (!isBody(step)) {
    problems.push({ field: path, rule: 'object', message: 'give an object with at and, for a command, do and with' });
    return undefined;
  }
  problems.push(...unknownFields(step, `${path}.`, ['at', 'do', 'with']));
  const at = instantOf(step['at']);
  if (at === null) problems.push({ field: `${path}.at`, rule: 'instant', message: INSTANT });
  else if (at < last)
    problems.push({ field: `${path}.at`, rule: 'order', message: 'put the steps in the order of time' });
  const command = parseAsked(step['do'] ?? undefined, step['with'] ?? undefined, path, problems);
  return at === null ? undefined : { at, ...(command && { command }) };
};

const parseAsked = (name: unknown, body: unknown, path: string, problems: FieldProblem[]): Command | undefined => {
  if (name === undefined && body === undefined) return undefined;
  const parsed = typeof name === 'string' ? parseCommand(name, body) : { unknownCommand: true };
  if ('command' in parsed) return parsed.command;
  if ('problems' in parsed)
    for (const { field, ...problem } of parsed.problems)
      problems.push({ ...problem, field: field === '' ? `${path}.with` : `${path}.with.${field}` });
  else problems.push({ field: `${path}.do`, rule: 'command', message: 'give the name of a command of the language' });
  return undefined;
};

const unknownFields = (body: Body, at: string, known: readonly string[]): FieldProblem[] =>
  Object.keys(body)
    .filter((name) => !known.includes(name))
    .slice(0, 100)
    .map((name) => ({
      field: `${at}${name.slice(0, 100)}`,
      rule: 'unknown-field',
      message: `leave it out: the fields are ${known.join(', ')}`,
    }));
