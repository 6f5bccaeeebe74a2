/**
 * What the audit folds: the domain's state, and the bills, which the state forgets because no rule asks for them.
 *
 * Both are immutable and share what did not change, so that the situation after every event of a long history can be kept.
 */
import { evolve, type Account, type AccountEvent, type BillIssued } from '@ledger/domain';

/** The latest bill first, so that one more costs nothing. */
export type Bills = { readonly bill: BillIssued; readonly before: Bills } | null;

export type Situation = { readonly account: Account | null; readonly bills: Bills };

export const NOTHING: Situation = { account: null, bills: null };

export const evolved = ({ account, bills }: Situation, event: AccountEvent): Situation => ({
  account: evolve(account, event),
  bills: event.type === 'BillIssued' ? { bill: event, before: bills } : bills,
});

/** Oldest first. */
export const billsOf = ({ bills }: Situation): readonly BillIssued[] => {
  const found: BillIssued[] = [];
  for (let rest = bills; rest !== null; rest = rest.before) found.push(rest.bill);
  return found.toReversed();
};
