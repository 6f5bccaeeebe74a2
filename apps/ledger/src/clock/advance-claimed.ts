/** One account, advanced: what that means for its claim. No rule is here; what is due, and what it does, is the domain's. */
import type { Advanced } from '@ledger/event-store';
import type { Claim, Finished } from '@ledger/read-models';

/** How often an account is tried before it is set aside, and how long it waits in between. */
export type Tries = { readonly most: number; readonly firstMs: number; readonly longestMs: number };

export const TRIES: Tries = { most: 6, firstMs: 200, longestMs: 10_000 };

export type Attempt =
  | { readonly kind: 'finished'; readonly finished: Finished }
  /** The store is away: that is not the account's fault, and no try of its. */
  | { readonly kind: 'away'; readonly finished: Finished }
  | { readonly kind: 'set-aside'; readonly tries: number; readonly reason: string };

/** What an answer of the write path, or an exception in it, makes of the claim. */
export const attemptOf = (claim: Claim, answer: Advanced | Error, tries: Tries): Attempt => {
  const { accountId } = claim;
  if (answer instanceof Error) return failed(claim, `an exception: ${answer.message}`, tries);
  switch (answer.kind) {
    case 'advanced': {
      const { appends, revision } = answer;
      // Its row is up to date and says that something is due: asked again at once, the two would go on contradicting each other.
      if (appends === 0 && BigInt(revision) <= claim.revision)
        return failed(claim, `its row is due at revision ${revision}, and its stream is not`, tries);
      return { kind: 'finished', finished: { accountId, kind: 'advanced', revision } };
    }
    case 'unavailable': {
      const retryInMs = waitBefore(tries, claim.tries + 1);
      return { kind: 'away', finished: { accountId, kind: 'failed', tries: claim.tries, retryInMs } };
    }
    case 'contention':
      return failed(claim, 'contention: others wrote to it first, again and again', tries);
    case 'unknown-account':
      return failed(claim, 'its stream is not in the store', tries);
    case 'quarantined': {
      const { stream, revision, type, reason } = answer.unreadable;
      return failed(claim, `quarantined: ${type} at revision ${revision} of ${stream}: ${reason}`, tries);
    }
  }
};

const failed = (claim: Claim, reason: string, tries: Tries): Attempt => {
  const tried = claim.tries + 1;
  if (tried >= tries.most) return { kind: 'set-aside', tries: tried, reason };
  const { accountId } = claim;
  const retryInMs = waitBefore(tries, tried);
  return { kind: 'finished', finished: { accountId, kind: 'failed', tries: tried, retryInMs } };
};

/** Doubling from the first to the longest. */
const waitBefore = ({ firstMs, longestMs }: Tries, tried: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(tried - 1, 20));
