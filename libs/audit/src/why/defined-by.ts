/** The clauses that say what a fact means, whoever brought it about: the view of the state cites no clause itself. */
import type { Clause } from '@ledger/domain';

const DEFINED: readonly (readonly [RegExp, readonly Clause[]])[] = [
  [/^(?:cash|gift)$/, ['P-2.5', 'P-5.9']],
  [/^overdueSince$/, ['P-8.1', 'P-8.5']],
  [/^(?:suspendsAt|timers\.suspend-arrears)$/, ['P-8.2', 'P-8.5']],
  [/^banned$/, ['P-6.6']],
  [/refundsBlocked$/, ['P-5.8']],
  [/^vouchers\./, ['P-2.7']],
  [/\.(?:status|holds\.[^.]+|suspendedSince|entitlements\.serving)$/, ['P-6.3']],
  [/(?:\.reclaimAt$|^timers\.reclaim\/)/, ['P-6.4']],
  [/(?:\.graceEndsAt$|^timers\.suspend-lapsed\/)/, ['P-6.2']],
  [/(?:\.trialEndsAt$|^timers\.trial-end\/)/, ['P-1.4']],
  [/(?:\.termEndsAt$|\.termStartedAt$|^timers\.term-end\/)/, ['P-2.4']],
  [/\.entitlements\.(?:limits|features)\./, ['P-9.1']],
  [/\.priceBook$/, ['P-1.7']],
  [/\.historyTier$/, ['P-7.5']],
  [/\.orders\.[^.]+\.listPrice$/, ['P-1.8']],
  [/(?:^bills\.|^settledThrough$|^timers\.settle-month\/)/, ['P-7.6']],
  [/(?:^settledDay$|^timers\.settle-day\/)/, ['P-7.10']],
  [/^timers\.notice\/[^/]+\/(?:-?\d+)$/, ['P-6.1']],
  [/^timers\.notice\/[^/]+\/reclaim$/, ['P-6.4']],
];

export const clausesOfFact = (path: string): readonly Clause[] =>
  DEFINED.filter(([pattern]) => pattern.test(path)).flatMap(([, clauses]) => clauses);
