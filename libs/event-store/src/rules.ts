/** What the write path needs of the domain; the module `@ledger/domain` satisfies it as it is, specs bring a toy. */
import type { AccountEvent, Command, Decided, Decision, Instant, UsageEvent, UsageKey } from '@ledger/domain';

/** What was read from other streams before a command is decided. */
export type GivenTo<U> = { readonly claimedBy?: string | null; readonly usage?: U | null };

export type Rules<A, U> = {
  readonly RULES_VERSION: number;
  readonly FOLD_VERSION: number;
  readonly decide: (account: A | null, command: Command, at: Instant, given: GivenTo<U>) => Decision;
  readonly evolve: (account: A | null, event: AccountEvent) => A;
  readonly evolveUsage: (month: U | null, event: UsageEvent, revision: bigint) => U;
  readonly nextDueAt: (account: A) => Instant | null;
  readonly usageDue: (account: A) => readonly UsageKey[];
  readonly advance: (account: A, usage: ReadonlyMap<string, U>) => Decided<AccountEvent>;
  readonly fromStored: (stored: string) => A;
};
