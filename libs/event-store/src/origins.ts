/** The metadata of an append: who asked for what, when it was written and by which rules. */
import type { Clause, Decided } from '@ledger/domain';
import { askedCommand } from './metadata.js';
import type { Actor, Request } from './outcome.js';
import { refusedItems } from './receipts.js';
import type { Origin } from './seal.js';

/** A request with what is derived from it once. */
export type Asked = Request & { readonly id: string; readonly hash: string };

const SERVICE: Actor = { subject: 'ledger', role: 'service' };
const CLOCK: Actor = { subject: 'clock', role: 'clock' };

export class Origins {
  constructor(
    private readonly rulesVersion: number,
    private readonly clock: () => number,
  ) {}

  /** What was asked stays beside what happened. */
  ofCommand(request: Asked, { clauses, items }: Decided): Origin {
    const { hash, command } = request;
    const refused = refusedItems(items);
    return {
      ...this.ofRefusal(request, clauses),
      asked: {
        ...(command.reason === undefined ? {} : { reason: command.reason }),
        command: askedCommand(command),
        bodyHash: hash,
        ...(refused.length === 0 ? {} : { refusedItems: refused }),
      },
    };
  }

  /** A refusal's event says in its data what was asked. */
  ofRefusal(
    { id, actor, correlationId = id }: Pick<Asked, 'id' | 'actor' | 'correlationId'>,
    clauses: readonly Clause[],
  ): Origin {
    return { ...this.#written(id, clauses), actor, correlationId, asked: {} };
  }

  ofClock(id: string, { clauses }: Decided): Origin {
    return { ...this.#written(id, clauses), actor: CLOCK, correlationId: id, asked: {} };
  }

  /** What the service does when it begins, before anybody asks. */
  ofStart(id: string): Origin {
    return { ...this.#written(id, []), actor: SERVICE, correlationId: id, asked: {} };
  }

  #written(id: string, clauses: readonly Clause[]): Omit<Origin, 'actor' | 'correlationId' | 'asked'> {
    const recordedAt = new Date(this.clock()).toISOString();
    return { commandId: id, causationId: id, recordedAt, rules: this.rulesVersion, clauses };
  }
}
