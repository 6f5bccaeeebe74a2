/**
 * What must hold after every append of any account, whatever the rules were: checked over random histories by the
 * properties, and over stored ones by the audit.
 */
import type { Account } from '../accounts/account.js';
import { instant, type Instant } from '../calendar.js';
import type { AccountEvent } from '../events.js';
import { isNegative, isZero } from '../money.js';
import { serves } from '../service/service.js';
import { balanceAfter, movementOf } from '../wallet/movement.js';
import { amountsAgree } from './amounts.js';
import { PaidTerms } from './paid-terms.js';
import { ToldHolds } from './told-holds.js';

export type InvariantName =
  /** P-0.3 Every amount is the sum of its parts. */
  | 'amounts-agree'
  /** P-2.5 The balances are the sums of what the events moved. */
  | 'wallet-is-its-movements'
  /** P-5.9 The gift balance is never negative, and 0 while cash is. */
  | 'no-gift-in-debt'
  /** P-8.1 In arrears exactly while cash is negative. */
  | 'arrears-while-negative'
  /** P-2.1, P-3.1 Paid terms of a product never overlap, and a renewal begins where the last order ends. */
  | 'terms-contiguous'
  /** P-6.3 An app is held by what its events say, and serves when nothing is left. */
  | 'holds-as-told'
  /** P-6.5 Nothing happens to a reclaimed app but its deletion, and nothing to a deleted one. */
  | 'gone-is-final'
  /** P-0.7 No event is dated before the one before it. */
  | 'time-goes-on';

export type Violation = {
  readonly invariant: InvariantName;
  /** Which event of the append. */
  readonly index: number;
  readonly expected: string;
  readonly actual: string;
};

const balance = ({ gift, cash }: { readonly gift: string; readonly cash: string }): string =>
  `gift ${gift}, cash ${cash}`;

/** Goes with one account from its first event on. */
export class AccountInvariants {
  private wallet = { gift: '0.00', cash: '0.00' };
  private lastAt: Instant = 0;
  private readonly terms = new Map<string, PaidTerms>();
  private readonly told = new ToldHolds();
  private readonly gone = new Map<string, AccountEvent['type']>();

  /** The events of one append, and the state they leave. */
  *audit(events: readonly AccountEvent[], after: Account): Generator<Violation, void, undefined> {
    for (const [index, event] of events.entries())
      for (const violation of this.event(event)) yield { ...violation, index };
    const index = events.length - 1;
    for (const violation of this.state(after)) yield { ...violation, index };
  }

  private *event(event: AccountEvent): Generator<Omit<Violation, 'index'>, void, undefined> {
    const at = instant(event.effectiveAt);
    if (at < this.lastAt)
      yield { invariant: 'time-goes-on', expected: `at ${this.lastAt} or later`, actual: `at ${at}` };
    this.lastAt = at;
    if (!amountsAgree(event))
      yield { invariant: 'amounts-agree', expected: 'parts that sum to their amounts', actual: JSON.stringify(event) };
    const movement = movementOf(event);
    if (movement) this.wallet = balanceAfter(this.wallet, movement);
    this.told.tell(event);
    if ('appId' in event && event.appId !== undefined) yield* this.ofApp(event.appId, event);
  }

  private *ofApp(appId: string, event: AccountEvent): Generator<Omit<Violation, 'index'>, void, undefined> {
    const end = this.gone.get(appId);
    if (end === 'AppDeleted' || (end !== undefined && event.type !== 'AppDeleted'))
      yield { invariant: 'gone-is-final', expected: `nothing after ${end}`, actual: event.type };
    if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') this.gone.set(appId, event.type);
    const terms = this.terms.get(appId) ?? new PaidTerms();
    this.terms.set(appId, terms);
    const misfit = terms.audit(event);
    if (misfit)
      yield {
        invariant: 'terms-contiguous',
        expected: `a term beside ${JSON.stringify(misfit.before)}`,
        actual: `${misfit.order.orderId} from ${misfit.order.startsAt} to ${misfit.order.endsAt ?? 'no end'}`,
      };
  }

  private *state({ wallet, arrears, apps }: Account): Generator<Omit<Violation, 'index'>, void, undefined> {
    if (balance(wallet) !== balance(this.wallet))
      yield { invariant: 'wallet-is-its-movements', expected: balance(this.wallet), actual: balance(wallet) };
    const inDebt = isNegative(wallet.cash);
    if (isNegative(wallet.gift) || (inDebt && !isZero(wallet.gift)))
      yield {
        invariant: 'no-gift-in-debt',
        expected: 'a gift balance of 0 or more, of 0 in debt',
        actual: balance(wallet),
      };
    if ((arrears !== null) !== inDebt)
      yield {
        invariant: 'arrears-while-negative',
        expected: inDebt ? 'arrears' : 'no arrears',
        actual: `${arrears ? 'arrears' : 'no arrears'}, cash ${wallet.cash}`,
      };
    for (const { appId, service, gone } of apps.values()) {
      if (gone !== null) continue;
      const [expected, actual] = [this.told.holds(appId).join(), service.holds.toSorted().join()];
      if (expected !== actual) yield { invariant: 'holds-as-told', expected: `${appId}: ${expected}`, actual };
      else if (this.told.isStopped(appId) === serves(service))
        yield {
          invariant: 'holds-as-told',
          expected: `${appId}: ${serves(service) ? 'Resumed' : 'Suspended'} last`,
          actual: serves(service) ? 'Suspended last' : 'Resumed last',
        };
    }
  }
}
