/** The one door of the domain. Pure: no framework, no I/O, no clock, no randomness. */
export type * from './calendar.js';
export {
  iso,
  instant,
  parseInstant,
  isDay,
  localDay,
  localMonth,
  startOfDay,
  startOfMonth,
  endOfMonth,
  addMonths,
  monthOf,
} from './calendar.js';
export type * from './commands.js';
export type * from './events.js';
export { add, isNegative, isZero, subtract } from './money.js';
export { unearnedOrders, type UnearnedOrder } from './orders/unearned.js';
export type { Money, Currency } from './money.js';
export { REFUSALS, isRefused, refuse } from './decision.js';
export type * from './decision.js';
export { COMMAND_REFUSALS } from './command-refusals.js';
export * from './streams.js';
export { bookOf } from './price-books/books.js';
export type { PriceBook } from './price-books/price-book.js';
export type { Account } from './accounts/account.js';
export type { UsageMonth } from './usage/usage-month.js';
export { monthSettledAt } from './usage/settlements.js';
export { evolveUsage } from './usage/usage-month.js';
export { decide, type Given } from './decide.js';
export { evolve } from './evolve.js';
export { advance, usageDue, usageOf, type UsageKey, type UsageRead } from './advance.js';
export { foresee, type Foreseen } from './foresee.js';
export * from './invariants/account-invariants.js';
export { accountTimers, appTimers, dueTimers, nextDueAt, nextDueByLane } from './timers.js';
export type { Timer, TimerKind } from './timer.js';
export { fromStored, toStored } from './stored.js';
export { FOLD_VERSION, RULES_VERSION } from './rules.js';
export { checkEntitlement, type Answer, type DayCount, type Question } from './entitlement-check.js';
export { explainEntitlement, type Explained, type Raise } from './entitlement-raises.js';
export { stateAt } from './state-at.js';
export { noticeStanding, type NoticeFacts, type NoticeStanding, type NoticeVoid } from './service/notice-standing.js';
export { balanceAfter, balanceBefore, movementOf, type Movement } from './wallet/movement.js';
export { usageView, type MeterView, type UsageDay, type UsageView } from './usage/usage-view.js';
export { entitlements, type Entitlements } from './entitlements.js';
export { grantsOf, type Grant } from './entitlement-grants.js';
export type { App } from './apps/app.js';
export { simulate } from './simulate.js';
export type { Step, SimulationResult } from './simulate.js';
export { accountView, appView, timerViews } from './views.js';
export type { AccountView, AppView, AppStatus, TimerView } from './views.js';
