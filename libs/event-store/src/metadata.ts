/** What stands beside an event: who asked for it, when it was written, by which rules, and what was asked. */
import type { Clause, Command, ItemResult } from '@ledger/domain';
import { hashOf } from './chain.js';
import { assertPlain, isObject } from './json.js';
import type { JsonObject } from './json.js';
import type { Actor } from './outcome.js';

/** The command as it was asked, beside what happened: an append of the running rules can be decided again from it. */
export type AskedCommand = { readonly name: string; readonly body: JsonObject };

/** An item of a `RenewBatch` that was refused; `item` counts from 0. Kept so that the receipt can be given again. */
export type RefusedItem = { readonly item: number; readonly result: ItemResult };

export type Metadata = {
  readonly schema: number;
  /** When it was written, however long after `effectiveAt` (P-0.4). */
  readonly recordedAt: string;
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId: string;
  /** The version of the rules that decided. */
  readonly rules: number;
  readonly clauses: readonly Clause[];
  /** Usage streams: the account's revision it was decided with. */
  readonly accountRevision?: string;
  /** The first event of an append only: these five. */
  readonly reason?: string;
  readonly command?: AskedCommand;
  readonly bodyHash?: string;
  readonly refusedItems?: readonly RefusedItem[];
  /** In `account-`, `usage-` and `claim-` streams. */
  readonly chain?: string;
};

export const isMetadata = (value: unknown): value is Metadata =>
  isObject(value) &&
  typeof value['schema'] === 'number' &&
  typeof value['commandId'] === 'string' &&
  typeof value['recordedAt'] === 'string' &&
  (value['accountRevision'] === undefined || isRevision(value['accountRevision']));

/** A revision as text: no number of JSON holds all of them. */
export const isRevision = (value: unknown): value is string => typeof value === 'string' && /^\d{1,19}$/.test(value);

/** Whether the same was asked, by the same name with the same fields. */
export const bodyHash = (command: Command): string => {
  assertPlain(command, 'command');
  return hashOf(command);
};

/** A personal field is replaced by its name: what was asked stays readable, whose it was does not. */
export const askedCommand = (command: Command): AskedCommand => {
  const { do: name, reason: _, ...fields } = command;
  const body: object = command.do === 'SetContact' ? { ...fields, ...withoutPersonalData(command) } : fields;
  assertPlain(body, name);
  return { name, body };
};

const withoutPersonalData = ({ email, phone }: { readonly email?: string; readonly phone?: string }): object => ({
  ...(email === undefined ? {} : { email: 'email' }),
  ...(phone === undefined ? {} : { phone: 'phone' }),
});
