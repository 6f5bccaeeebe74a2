import { isUtf8 } from 'node:buffer';
import { parseCommand, type FieldProblem } from '@ledger/contract';
import type { Command } from '@ledger/domain';
import type { BatchLine } from './batch-body.js';

/** What a line asks for. */
export type BatchItem = {
  readonly item: number;
  readonly command: Command;
  /** Its command id: its own `key`, or one that only this item of this batch has. */
  readonly commandId: string;
};

export type MalformedItem = { readonly item: number; readonly problems: readonly FieldProblem[] };

const FIELDS = 'command, body and, where it is to have a key of its own, key';
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The item of a line, or every bad field of it, named by its path in the line. Never throws. */
export const readItem = (batchId: string, { item, bytes }: BatchLine): BatchItem | MalformedItem => {
  const line = jsonOf(bytes);
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    return malformed(item, '', 'line', `give a JSON object on one line, with the fields ${FIELDS}`);
  const { command: name, body, key, ...others }: { readonly [name: string]: unknown } = { ...line };
  const parsed = typeof name === 'string' ? parseCommand(name, body) : ({ unknownCommand: true } as const);
  const problems = [
    ...('unknownCommand' in parsed ? [problem('command', 'command', 'give the name of a command')] : []),
    ...('problems' in parsed ? parsed.problems.map(inBody) : []),
    ...(isKey(key) ? [] : [problem('key', 'key', 'give 1 to 200 visible ASCII characters, or leave it out')]),
    ...Object.keys(others).map((field) =>
      problem(field.slice(0, 100), 'unknown-field', `leave it out: the fields are ${FIELDS}`),
    ),
  ];
  if (!('command' in parsed) || problems.length > 0) return { item, problems };
  return { item, command: parsed.command, commandId: isGiven(key) ? key : commandIdOf(batchId, item) };
};

/** With spaces, which no key from outside has: nobody can take it in advance. */
const commandIdOf = (batchId: string, item: number): string => `batch ${batchId} ${item}`;

const isGiven = (key: unknown): key is string => typeof key === 'string';
const isKey = (key: unknown): boolean => key === undefined || key === null || (isGiven(key) && KEY.test(key));

const problem = (field: string, rule: string, message: string): FieldProblem => ({ field, rule, message });

const malformed = (item: number, ...[field, rule, message]: [string, string, string]): MalformedItem => ({
  item,
  problems: [problem(field, rule, message)],
});

const inBody = ({ field, ...why }: FieldProblem): FieldProblem => ({
  ...why,
  field: field === '' ? 'body' : `body.${field}`,
});

/** Undefined for what is no JSON in UTF-8. */
const jsonOf = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};
