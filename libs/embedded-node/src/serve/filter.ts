import type { LogRecord } from '../log/tail.js';
import type { FilterRequest } from '../wire/read-request.js';
import { badRequest } from './errors.js';

export type Matches = (record: LogRecord) => boolean;

/** A filter by name or type: the client gives either a regular expression or prefixes. */
export const matcher = (filter: FilterRequest | undefined): Matches => {
  if (filter === undefined) return () => true;
  const { prefixes } = filter;
  const text = filter.on === 'stream' ? ({ stream }: LogRecord) => stream : ({ type }: LogRecord) => type;
  if (filter.regex !== '') {
    const regex = compiled(filter.regex);
    return (record) => regex.test(text(record));
  }
  if (prefixes.length === 0) throw badRequest('A filter needs a regular expression or prefixes.');
  return (record) => prefixes.some((prefix) => text(record).startsWith(prefix));
};

const compiled = (regex: string): RegExp => {
  try {
    return new RegExp(regex);
  } catch {
    throw badRequest(`The filter ${JSON.stringify(regex)} is no regular expression.`);
  }
};
