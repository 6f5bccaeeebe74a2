/**
 * From decided events to what is sent: metadata, ids and chain. The same bytes are sent again until the answer is
 * clear.
 */
import type { Clause } from '@ledger/domain';
import type { Catalogue, StoredEvent } from './catalogue.js';
import { chainAfter, contentOf, eventId } from './chain.js';
import { dataOf, schemaOf } from './codec.js';
import type { Fold } from './fold.js';
import { assertPlain } from './json.js';
import type { AskedCommand, Metadata, RefusedItem } from './metadata.js';
import type { Actor } from './outcome.js';
import type { NewEvent } from './port.js';

/** Where the events of an append come from. */
export type Origin = {
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId: string;
  readonly recordedAt: string;
  readonly rules: number;
  readonly clauses: readonly Clause[];
  readonly accountRevision?: string;
  /** For the first event only: what was asked. */
  readonly asked: {
    readonly reason?: string;
    readonly command?: AskedCommand;
    readonly bodyHash?: string;
    readonly refusedItems?: readonly RefusedItem[];
  };
};

export type Sealed<E extends StoredEvent> = {
  readonly event: E;
  readonly metadata: Metadata;
  readonly stored: NewEvent;
};

export const seal = <E extends StoredEvent>(
  catalogue: Catalogue<E>,
  chained: boolean,
  { stream, chain: start }: Fold<unknown>,
  events: readonly E[],
  { asked, ...origin }: Origin,
): readonly Sealed<E>[] => {
  let chain = start;
  return events.map((event, index) => {
    const type: E['type'] = event.type;
    const data = dataOf(event);
    const bare: Metadata = { schema: schemaOf(catalogue, type), ...origin, ...(index === 0 ? asked : {}) };
    const content = contentOf(type, data, bare);
    const id = eventId(stream, origin.commandId, index, content);
    if (chained) chain = chainAfter(chain, id, content);
    const metadata: Metadata = chained ? { ...bare, chain } : bare;
    assertPlain(metadata, `metadata of ${type}`);
    return { event, metadata, stored: { id, type, data, metadata } };
  });
};
