/**
 * Which streams a command reads and writes beside its account's own. One queue, one loop, one way to append for all;
 * what differs between commands is here.
 */
import { claimStream, contactStream, iso, usageStream } from '@ledger/domain';
import type {
  AccountEvent,
  Command,
  CorrectUsage,
  CreateApp,
  EraseContact,
  Instant,
  LedgerEvent,
  RecordUsage,
  SetContact,
  UsageEvent,
} from '@ledger/domain';
import { ACCOUNT_EVENTS, CLAIM_EVENTS, CONTACT_EVENTS, USAGE_EVENTS } from './catalogue.js';
import type { AppClaimed, Catalogue, ContactSet, StoredEvent } from './catalogue.js';
import { commit } from './commit.js';
import type { Committed } from './commit.js';
import { revisionText } from './fold.js';
import type { Fold } from './fold.js';
import type { Patience } from './interruption.js';
import { limitStream } from './limit-stream.js';
import type { EventStore } from './port.js';
import type { GivenTo } from './rules.js';
import type { Origin } from './seal.js';
import { StreamFolds } from './stream-folds.js';

/** A decided command on its way into the store. */
export type ToAppend = {
  readonly events: readonly LedgerEvent[];
  readonly at: Instant;
  readonly origin: Origin;
  readonly patience: Patience;
};

export type Lane<A, U> = {
  readonly given: GivenTo<U>;
  /** The stream that the events go to, where it is not the account's own. */
  readonly place: Fold<unknown> | null;
  /** Whether there is something to write even if the domain has no event: what it is never to see. */
  readonly writesItself: boolean;
  readonly append: (account: Fold<A>, decided: ToAppend) => Promise<Committed<unknown> | 'conflict'>;
  /** What is done again when the command comes again; the rest stands in the stream. */
  readonly repeat: () => Promise<void>;
};

/**
 * These reach beyond the account's stream; an append elsewhere does not find out that the kept state is old, so they
 * never trust it.
 */
type Crossing = CreateApp | SetContact | EraseContact | RecordUsage | CorrectUsage;
const CROSSING: ReadonlySet<Command['do']> = new Set<Crossing['do']>([
  'CreateApp',
  'SetContact',
  'EraseContact',
  'RecordUsage',
  'CorrectUsage',
]);
export const isCrossing = (command: Command): command is Crossing => CROSSING.has(command.do);

export class Lanes<A, U> {
  readonly #claims: StreamFolds<AppClaimed, AppClaimed>;
  readonly #contacts: StreamFolds<ContactSet, ContactSet>;
  readonly #own: Lane<A, U> = {
    given: {},
    place: null,
    writesItself: false,
    append: (account, decided) => this.#appendOwn(account, decided),
    repeat: () => Promise.resolve(),
  };

  constructor(
    private readonly store: EventStore,
    private readonly accounts: StreamFolds<A, AccountEvent>,
    private readonly usage: StreamFolds<U, UsageEvent>,
  ) {
    this.#claims = new StreamFolds(store, { catalogue: CLAIM_EVENTS, evolve: latest, chained: true, kept: 0 });
    this.#contacts = new StreamFolds(store, { catalogue: CONTACT_EVENTS, evolve: latest, chained: false, kept: 0 });
  }

  async open(command: Command): Promise<Lane<A, U>> {
    if (!isCrossing(command)) return this.#own;
    switch (command.do) {
      case 'CreateApp':
        return this.#claiming(command);
      case 'SetContact':
        return this.#contact(command);
      case 'EraseContact':
        return this.#erasing(command);
      case 'RecordUsage':
        return this.#metering(command, command.samples[0]?.day);
      case 'CorrectUsage':
        return this.#metering(command, command.day);
    }
  }

  /** The claim comes first: a crash after it leaves an id that only this account can use, and its retry passes. */
  async #claiming(command: CreateApp): Promise<Lane<A, U>> {
    const claim = await this.#claims.fresh(claimStream(command.appId));
    return {
      ...this.#own,
      given: { claimedBy: claim.state?.accountId ?? null },
      append: async (account, decided) => {
        if (claim.state === null) {
          const { accountId, appId } = command;
          const claimed: AppClaimed = { type: 'AppClaimed', effectiveAt: iso(decided.at), accountId, appId };
          if ((await commit(this.#claims, claim, [claimed], decided.origin, decided.patience)) === 'conflict')
            return 'conflict';
        }
        return this.#appendOwn(account, decided);
      },
    };
  }

  async #metering(command: RecordUsage | CorrectUsage, day: string | undefined): Promise<Lane<A, U>> {
    if (day === undefined) throw new TypeError(`${command.do} without a sample`);
    const month = await this.usage.fresh(usageStream(command.appId, day.slice(0, 7)));
    return {
      ...this.#own,
      given: { usage: month.state },
      place: month,
      append: (account, { events, origin, patience }) => {
        const accountRevision = revisionText(account);
        const from = accountRevision === null ? origin : { ...origin, accountRevision };
        return commit(this.usage, month, only(USAGE_EVENTS, events), from, patience);
      },
    };
  }

  /** The domain decides whether it may be and never sees what it says, so the event is made here. */
  async #contact({ accountId, email, phone }: SetContact): Promise<Lane<A, U>> {
    const contact = await this.#contacts.fresh(contactStream(accountId));
    // After the append: before it, metadata written to a deleted stream would bring back what was erased.
    const forgetEarlier = (): Promise<void> => limitStream(this.store, contact.stream, 1);
    return {
      ...this.#own,
      place: contact,
      writesItself: true,
      repeat: forgetEarlier,
      append: async (_, { at, origin, patience }) => {
        const set: ContactSet = {
          type: 'ContactSet',
          effectiveAt: iso(at),
          accountId,
          ...(email === undefined ? {} : { email }),
          ...(phone === undefined ? {} : { phone }),
        };
        const committed = await commit(this.#contacts, contact, [set], origin, patience);
        if (committed !== 'conflict') await forgetEarlier();
        return committed;
      },
    };
  }

  #erasing({ accountId }: EraseContact): Lane<A, U> {
    const erase = (): Promise<void> => this.store.deleteStream(contactStream(accountId));
    return {
      ...this.#own,
      append: async (account, decided) => {
        await erase();
        return this.#appendOwn(account, decided);
      },
      repeat: erase,
    };
  }

  #appendOwn(account: Fold<A>, { events, origin, patience }: ToAppend): Promise<Committed<A> | 'conflict'> {
    return commit(this.accounts, account, only(ACCOUNT_EVENTS, events), origin, patience);
  }
}

const latest = <E>(_: E | null, event: E): E => event;

/** Every stream has its own events; one for another stream is a bug of the rules. */
export const only = <E extends StoredEvent>(catalogue: Catalogue<E>, events: readonly StoredEvent[]): readonly E[] => {
  const those = events.filter((event): event is E => Object.hasOwn(catalogue, event.type));
  if (those.length !== events.length) throw new Error(`${events.map(({ type }) => type).join()}: not of one stream`);
  return those;
};
