/**
 * Whether what a notice says is still so, for notices are delivered after they were issued: to somebody who has renewed,
 * paid or come back meanwhile it would be wrong. P-6.1, P-6.3, P-6.4, P-6.5, P-8.1, P-8.3
 *
 * A notice stands as long as the very deadline or cause stands that it was issued for. It was issued at an instant that
 * derives from that (P-0.7), so its date is enough to know it again. What it has to tell is taken from the state of now.
 */
import type { Account } from '../accounts/account.js';
import { packageEndsAt, type App } from '../apps/app.js';
import { DAY, instant, type Instant } from '../calendar.js';
import type { Hold, NoticeIssued } from '../events.js';
import type { RenewalMode } from '../commands.js';
import type { Currency, Money } from '../money.js';
import { amountOf } from '../orders/price.js';
import { renewalPrice } from '../orders/renew.js';
import { effectiveOrder } from '../orders/term.js';
import { available, debt } from '../wallet/wallet.js';
import { GRACE } from './expire.js';
import { RECLAIM_NOTICE } from './reclaim.js';
import { reclaimAt } from './service.js';

/** Why a notice is not true any more. */
export type NoticeVoid =
  /** P-6.1 Renewed, refunded or bought anew. */
  | 'term-changed'
  /** P-8.3 */
  | 'arrears-cleared'
  /** P-6.3 It serves again, or was stopped anew. */
  | 'resumed'
  /** P-6.4 The 90 days are void, or run anew. */
  | 'reclaim-void'
  /** P-6.5, P-1.6 Reclaimed or deleted: nothing can be done about it. */
  | 'app-gone';

/** What a notice that stands has to tell. */
export type NoticeFacts =
  | {
      readonly notice: 'expiry';
      readonly appId: string;
      readonly product: string;
      readonly phase: 'running' | 'grace' | 'lapsed';
      readonly endsAt: Instant;
      readonly graceEndsAt: Instant;
      readonly renewal: RenewalMode;
      /** What a further month costs now; null when the product is not open any more. */
      readonly month: Money | null;
      readonly available: Money;
    }
  | { readonly notice: 'arrears'; readonly debt: Money; readonly suspendsAt: Instant }
  | {
      readonly notice: 'suspended' | 'reclaim';
      readonly appId: string;
      readonly holds: readonly Hold[];
      readonly stoppedAt: Instant;
      /** Null while only an operator has disabled the app. */
      readonly reclaimAt: Instant | null;
      readonly debt: Money;
    };

export type NoticeStanding =
  | { readonly kind: 'stands'; readonly currency: Currency; readonly facts: NoticeFacts }
  | { readonly kind: 'void'; readonly why: NoticeVoid };

/** `account` is the state at `at` (`stateAt`), so that what no clock has written yet counts too. */
export const noticeStanding = (account: Account, issued: NoticeIssued, at: Instant): NoticeStanding => {
  const facts = issued.notice === 'arrears' ? ofArrears(account, issued) : ofApp(account, issued, at);
  return typeof facts === 'string'
    ? { kind: 'void', why: facts }
    : { kind: 'stands', currency: account.currency, facts };
};

/** P-8.1 `Overdue` and its notice are of one instant. */
const ofArrears = ({ arrears, wallet }: Account, { effectiveAt }: NoticeIssued): NoticeFacts | NoticeVoid =>
  arrears?.since === instant(effectiveAt)
    ? { notice: 'arrears', debt: debt(wallet), suspendsAt: arrears.suspendsAt }
    : 'arrears-cleared';

const ofApp = (account: Account, issued: NoticeIssued, at: Instant): NoticeFacts | NoticeVoid => {
  const app = account.apps.get(issued.appId ?? '');
  if (!app || app.gone !== null) return 'app-gone';
  return issued.notice === 'expiry' ? ofExpiry(account, app, issued, at) : ofSuspension(account, app, issued);
};

/** P-6.1 So many days before the end, to the second: a renewal has another end, after a refund there is none. */
const ofExpiry = (
  { wallet }: Account,
  app: App,
  { effectiveAt, daysLeft = 0 }: NoticeIssued,
  at: Instant,
): NoticeFacts | NoticeVoid => {
  const { package: term } = app;
  const endsAt = packageEndsAt(app);
  if (!term || endsAt === null || endsAt !== instant(effectiveAt) + daysLeft * DAY) return 'term-changed';
  const price = renewalPrice(app, term, at, at);
  return {
    notice: 'expiry',
    appId: app.appId,
    product: term.product,
    phase: term.phase,
    endsAt,
    graceEndsAt: endsAt + GRACE,
    renewal: term.renewal,
    month: price && amountOf(price.listPrice, 1, effectiveOrder(term, at).quantity),
    available: available(wallet),
  };
};

/** P-6.3 One notice for each suspension, when it began; P-6.4 one for each run of the 90 days, 7 days before its end. */
const ofSuspension = (
  { wallet }: Account,
  { appId, service }: App,
  { notice, effectiveAt }: NoticeIssued,
): NoticeFacts | NoticeVoid => {
  const issuedAt = instant(effectiveAt);
  const { stoppedAt, holds } = service;
  const facts = { appId, holds, reclaimAt: reclaimAt(service), debt: debt(wallet) };
  if (stoppedAt === null) return 'resumed';
  if (notice === 'reclaim')
    return facts.reclaimAt === issuedAt + RECLAIM_NOTICE ? { notice, ...facts, stoppedAt } : 'reclaim-void';
  return stoppedAt === issuedAt ? { notice: 'suspended', ...facts, stoppedAt } : 'resumed';
};
