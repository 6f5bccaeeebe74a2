import { accountView, appView, timerViews, type Account, type Instant } from '@ledger/domain';

/** An account as its stream leaves it, seen at an instant: what the service's reads show of it, in one object. */
export const stateView = (account: Account, at: Instant): object => ({
  account: { accountId: account.accountId, ...accountView(account) },
  apps: Object.fromEntries(
    [...account.apps.values()]
      .toSorted((a, b) => (a.appId < b.appId ? -1 : 1))
      .map((app) => [app.appId, appView(account.accountId, app, at)]),
  ),
  timers: timerViews(account, at),
});
