/** What is different between the events that a preview showed and those that would happen now. */
import type { LedgerEvent } from '@ledger/domain';

type Field = { readonly previewed: unknown; readonly now: unknown };

export type Difference = {
  readonly added: readonly LedgerEvent[];
  readonly removed: readonly LedgerEvent[];
  /** Events that are in both, field by field: `order.amount`. Instants are among them, because now is later. */
  readonly changed: readonly {
    readonly type: LedgerEvent['type'];
    readonly appId: string | null;
    readonly fields: { readonly [path: string]: Field };
  }[];
};

/** Events are the same if they are the n-th of their type for their app. */
export const differenceOf = (previewed: readonly LedgerEvent[], now: readonly LedgerEvent[]): Difference => {
  const then = named(previewed);
  const today = named(now);
  return {
    added: [...today].flatMap(([name, event]) => (then.has(name) ? [] : [event])),
    removed: [...then].flatMap(([name, event]) => (today.has(name) ? [] : [event])),
    changed: [...today].flatMap(([name, event]) => {
      const before = then.get(name);
      const fields = before ? changedFields(before, event) : {};
      return Object.keys(fields).length === 0 ? [] : [{ type: event.type, appId: appOf(event), fields }];
    }),
  };
};

const named = (events: readonly LedgerEvent[]): ReadonlyMap<string, LedgerEvent> => {
  const found = new Map<string, LedgerEvent>();
  for (const event of events) {
    const name = `${event.type} ${appOf(event) ?? ''}`;
    let n = 1;
    while (found.has(`${name} ${n}`)) n += 1;
    found.set(`${name} ${n}`, event);
  }
  return found;
};

const appOf = (event: LedgerEvent): string | null => ('appId' in event ? (event.appId ?? null) : null);

const changedFields = (previewed: unknown, now: unknown, path = ''): { readonly [path: string]: Field } => {
  if (!isParts(previewed) || !isParts(now))
    return Object.is(previewed, now) ? {} : { [path]: { previewed: previewed ?? null, now: now ?? null } };
  const names = new Set([...Object.keys(previewed), ...Object.keys(now)]);
  return Object.assign(
    {},
    ...[...names].map((name) => changedFields(previewed[name], now[name], path === '' ? name : `${path}.${name}`)),
  ) as { readonly [path: string]: Field };
};

const isParts = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;
