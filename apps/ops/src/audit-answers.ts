/** What the audit of the running service answers, and lines that fit a terminal. */
import { ask } from './service-client.js';

/** Parameters that were not given are left out. */
export const accountPath = (
  accountId: string,
  question: string,
  parameters: { readonly [name: string]: string | undefined },
): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return `/v1/accounts/${encodeURIComponent(accountId)}/${question}${query.size === 0 ? '' : `?${query.toString()}`}`;
};

export const answerTo = async <T>(path: string): Promise<T> => (await (await ask('GET', path)).json()) as T;

const COLUMNS = 100;

/** Lines of at most so many columns; those after the first begin with `indent`. */
export const wrapped = (text: string, first: string, indent = first, columns = COLUMNS): readonly string[] => {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
};
