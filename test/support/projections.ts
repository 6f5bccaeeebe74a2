/** What `ops projections` asks of a running service, and its answers. */
import type { Json } from './api.js';

export type Line = Json & { readonly kind: string };

const linesOf = async (url: string, token: string, method: 'GET' | 'POST', path: string): Promise<readonly Line[]> => {
  const answer = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
};

/** The last line says what became of it. */
export const rebuildOf = async (url: string, token: string): Promise<Line | undefined> =>
  (await linesOf(url, token, 'POST', '/v1/projections/rebuild')).at(-1);

/** Every difference between the rows and fresh folds of the streams, and how many accounts were looked at. */
export const verifyOf = async (url: string, token: string): Promise<readonly Line[]> =>
  (await linesOf(url, token, 'GET', '/v1/projections/verify')).filter(({ kind }) => kind !== 'progress');

/** The tables of a rebuild that had rows which differed. */
export const tablesThatDiffered = (rebuilt: Line | undefined): readonly unknown[] => {
  if (!rebuilt) throw new Error('the rebuild said nothing');
  return (rebuilt['comparisons'] as readonly Json[]).filter(
    ({ differing }) => (differing as readonly string[]).length > 0,
  );
};
