/** A command that is sent once, and what became of it. */
import { randomUUID } from 'node:crypto';
import type { SendOptions } from './commands.verbs.js';
import { EXIT, type ExitCode } from './failure.js';
import { preview, send, type DryRun, type Receipt } from './send.js';
import { factsOf, print, tableOf, tableOfAll, textOf } from './show.js';

export const sendAndShow = async (name: string, body: unknown, options: SendOptions): Promise<ExitCode> => {
  const { dryRun, idempotencyKey: given, json, ifMatch } = options;
  const key = given ?? randomUUID();
  const sending = { name, body, key, ...(ifMatch === undefined ? {} : { ifMatch }) };
  if (dryRun) {
    const would = await preview(sending);
    await print(json ? JSON.stringify(would) : previewText(would));
    return EXIT.done;
  }
  // Before it is sent, because who is cut off while waiting needs it most.
  if (given === undefined) console.error(`Idempotency-Key: ${key}`);
  const { receipt, replayed } = await send(sending);
  await print(json ? JSON.stringify(receipt) : receiptText(receipt, replayed));
  return EXIT.done;
};

type ShownEvent = { readonly type: string; readonly revision?: string; readonly data: object };

const receiptText = ({ accountId, revision, events, items }: Receipt, replayed: boolean): string => {
  const done = replayed ? 'This was done before, under the same key.' : 'Done.';
  if (events.length === 0) return `${done} Nothing had to change in ${accountId}.`;
  const at = revision === null ? '' : ` at revision ${revision}`;
  return [`${done} ${accountId} is${at}.`, '', eventsTable(events), ...itemsText(items)].join('\n');
};

const previewText = ({ accountId, at, events, before, after, items, fingerprint }: DryRun): string => {
  const title = `At ${at}, for ${accountId}: ${events.length === 0 ? 'nothing would change.' : 'this would happen.'}`;
  const shown = events.map(({ type, ...data }) => ({ type: textOf(type), data }));
  return [
    title,
    ...(shown.length > 0 ? ['', eventsTable(shown)] : []),
    ...itemsText(items),
    '',
    tableOf(
      ['money', 'before', 'after'],
      ['cash', 'gift'].map((of) => [of, textOf(before?.[of]), textOf(after?.[of])]),
    ),
    ...(fingerprint === undefined ? [] : ['', `Do exactly this with --if-match '${fingerprint}'`]),
  ].join('\n');
};

const eventsTable = (events: readonly ShownEvent[]): string =>
  tableOf(
    ['event', 'effective at', 'what'],
    events.map(({ type, data }) => [
      type,
      textOf(new Map(Object.entries(data)).get('effectiveAt')),
      factsOf(data).join('\n'),
    ]),
  );

const itemsText = (items: readonly object[] | undefined): readonly string[] =>
  items && items.length > 0 ? ['', tableOfAll(items)] : [];
