/** The fold: the state of an account after each event. Total, for what has happened is not refused. */
import { arrearsOf, opened, withApp, type Account } from './accounts/account.js';
import { newApp, type App } from './apps/app.js';
import * as apps from './apps/evolve-app.js';
import { instant } from './calendar.js';
import type { AccountEvent, AppCreated } from './events.js';
import { add, subtract, ZERO } from './money.js';
import { isCallTrial } from './orders/order.js';
import { withBill } from './usage/billing.js';
import { moved, paidFrom, referred, taken, withVoucher } from './wallet/wallet.js';

export const evolve = (account: Account | null, event: AccountEvent): Account => {
  if (event.type === 'AccountOpened') return opened(event);
  if (account === null) throw new Error(`${event.type} in a stream that does not begin with AccountOpened`);
  return { ...changed(account, event), lastAt: instant(event.effectiveAt) };
};

const onApp = (account: Account, appId: string, change: (app: App) => App): Account => {
  const app = account.apps.get(appId);
  return app ? withApp(account, change(app)) : account;
};

const created = (event: AppCreated): App => {
  const createdAt = instant(event.effectiveAt);
  return newApp({
    appId: event.appId,
    name: event.name ?? null,
    dataCentre: event.dataCentre,
    createdAt,
    priceBook: event.priceBook,
    trial: {
      anchor: createdAt,
      months: 1,
      endsAt: event.trialEndsAt === undefined ? null : instant(event.trialEndsAt),
    },
  });
};

const changed = (account: Account, event: Exclude<AccountEvent, { type: 'AccountOpened' }>): Account => {
  const { wallet } = account;
  switch (event.type) {
    case 'FundsToppedUp': {
      const after = moved(wallet, { gift: ZERO, cash: event.amount });
      return { ...account, wallet: referred(after, event.reference) };
    }
    case 'GiftGranted':
      return {
        ...account,
        wallet: moved(wallet, { gift: subtract(event.amount, event.settled), cash: event.settled }),
      };
    case 'VoucherIssued':
      return { ...account, wallet: withVoucher(wallet, event) };
    case 'AccountCharged':
      return { ...account, wallet: referred(taken(wallet, event), event.reference) };
    case 'AccountBanned':
      return { ...account, bannedAt: instant(event.effectiveAt) };
    case 'RefundsBlocked':
    case 'RefundsUnblocked': {
      const refundsBlocked = event.type === 'RefundsBlocked';
      return event.appId === undefined
        ? { ...account, refundsBlocked }
        : onApp(account, event.appId, (app) => ({ ...app, refundsBlocked }));
    }
    case 'AppCreated':
      return withApp(account, created(event));
    case 'TrialExtended':
      return onApp(account, event.appId, (app) => apps.trialExtended(app, event));
    case 'AppEnabled':
      return onApp(account, event.appId, (app) => apps.released(app, instant(event.effectiveAt), 'disabled'));
    case 'AppDeleted':
      return onApp(account, event.appId, (app) => apps.gone(app, 'deleted', instant(event.effectiveAt)));
    case 'PriceBookMigrated':
      return onApp(account, event.appId, (app) => apps.bookMigrated(app, event));
    case 'Purchased': {
      const callTrials = account.callTrials + (isCallTrial(event.order) ? 1 : 0);
      const paid = { ...account, callTrials, wallet: paidFrom(wallet, event.order.paid) };
      return onApp(paid, event.appId, (app) => apps.purchased(app, event));
    }
    case 'Renewed':
      return onApp({ ...account, wallet: paidFrom(wallet, event.order.paid) }, event.appId, (app) =>
        apps.renewed(app, event),
      );
    case 'RenewalSettingChanged':
      return onApp(account, event.appId, (app) => apps.renewalSet(app, event));
    case 'Upgraded': {
      // P-4.4 What the upgrade makes needless goes back first, then the fee is paid.
      const gift = add(...event.refunds.map((line) => line.gift));
      const cash = add(...event.refunds.map((line) => line.cash));
      const paid = paidFrom(moved(wallet, { gift, cash }), event.paid);
      return onApp({ ...account, wallet: paid }, event.appId, (app) => apps.upgraded(app, event));
    }
    case 'Refunded':
      return onApp({ ...account, wallet: moved(wallet, event) }, event.appId, (app) => apps.refunded(app, event));
    case 'HistoryTierSet':
      return onApp(account, event.appId, (app) => apps.tierSet(app, event));
    case 'NoticeIssued':
      return event.appId === undefined ? account : onApp(account, event.appId, (app) => apps.noticed(app, event));
    case 'Expired':
      return onApp(account, event.appId, apps.expired);
    case 'AddOnEnded':
      return onApp(account, event.appId, (app) => apps.addOnEnded(app, event));
    case 'Suspended':
      return onApp(account, event.appId, (app) => apps.suspended(app, event));
    case 'ResourcesReclaimed':
      return onApp(account, event.appId, (app) => apps.gone(app, 'reclaimed', instant(event.effectiveAt)));
    case 'Overdue':
      return { ...account, arrears: arrearsOf(event) };
    case 'ArrearsCleared': {
      const at = instant(event.effectiveAt);
      const released = [...account.apps].map(
        ([id, app]) => [id, app.gone ? app : apps.released(app, at, 'arrears')] as const,
      );
      return { ...account, arrears: null, apps: new Map(released) };
    }
    case 'BillIssued':
      return { ...account, wallet: taken(wallet, event), billing: withBill(account.billing, event) };
    case 'DaySettled':
      return { ...account, billing: { ...account.billing, settledDay: event.period } };
    // What was decided about these stands in the events beside them: a hold, an end, a renewal that did not come.
    case 'ContactErased':
    case 'AppDisabled':
    case 'AutoRenewalFailed':
    case 'Resumed':
      return account;
  }
};
