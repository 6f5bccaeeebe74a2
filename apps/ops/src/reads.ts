/** Runs an entry of the table of reads and prints what came. */
import { EXIT, type ExitCode } from './failure.js';
import type { List, ListPage, Read } from './reads.table.js';
import { api } from './service-client.js';
import { print, showThing, tableOfRows, textOfThing } from './show.js';

export type ReadOptions = {
  /** Of lists. */
  readonly limit?: number;
  readonly all?: boolean;
  readonly newestFirst?: boolean;
  readonly json: boolean;
  readonly [filter: string]: unknown;
};

/** As many as the service gives at once. */
const LONGEST_PAGE = 200;

export const showRead = async (
  { one, list, args }: Read,
  ids: readonly string[],
  options: ReadOptions,
): Promise<ExitCode> => {
  const [first = '', second = ''] = ids;
  const { json } = options;
  if (one && (!list || ids.length === args.length))
    await showThing(await one.get(api(), [first, second], asked(one.filters, options)), json);
  else if (list) await showList(list, [first, second], options, json);
  return EXIT.done;
};

const asked = (filters: object, options: ReadOptions): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.keys(filters).flatMap((name) => {
      const typed = options[name];
      return typeof typed === 'string' ? [[name, typed]] : [];
    }),
  );

const showList = async (
  list: List,
  ids: readonly [string, string],
  options: ReadOptions,
  json: boolean,
): Promise<void> => {
  const most = options.all ? Infinity : (options.limit ?? Infinity);
  const rows: object[] = [];
  let shown = 0;
  let next: string | null = null;
  for await (const page of pages(list, ids, options, most)) {
    const head = shown === 0 && page.head ? [page.head] : [];
    if (json) for (const item of [...head, ...page.rows]) await print(JSON.stringify(item));
    else {
      for (const thing of head) await print(`${textOfThing(thing)}\n`);
      rows.push(...page.rows);
    }
    shown += page.rows.length;
    next = page.next;
  }
  if (!json) await print(rows.length === 0 ? 'None.' : tableOfRows(rows, list.columns));
  if (next !== null) console.error(`The first ${shown}; --all shows the others too.`);
};

/** Page after page, until there are as many rows as wanted. */
async function* pages(
  list: List,
  ids: readonly [string, string],
  options: ReadOptions,
  most: number,
): AsyncGenerator<ListPage> {
  const client = api();
  const order: { readonly [name: string]: string } = options.newestFirst ? { order: 'newest-first' } : {};
  const filters = { ...asked(list.filters, options), ...order };
  let after: string | null = null;
  for (let wanted = most; wanted > 0;) {
    const cursor: { readonly [name: string]: string } = after === null ? {} : { after };
    const query = { ...filters, ...cursor, limit: String(Math.min(wanted, LONGEST_PAGE)) };
    const page = await list.page(client, ids, query);
    yield page;
    wanted -= page.rows.length;
    after = page.next === null ? null : new URL(page.next, 'http://service').searchParams.get('after');
    if (after === null) return;
  }
}
