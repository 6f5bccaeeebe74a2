/** A deadline: what is due, when, and for whom. The kinds are the outside's (language.md, Journeys). */
import type { Instant, Period } from './calendar.js';

/** Of the account itself, or of one of its apps. */
type Due<K extends string, Who, More = unknown> = {
  readonly kind: K;
  readonly dueAt: Instant;
  readonly appId: Who;
} & Readonly<More>;

export type Settlement = Due<'settle-month' | 'settle-day', null, { period: Period }>;

export type AppTimer =
  | Due<'trial-end' | 'suspend-lapsed' | 'reclaim', string>
  /** Of the package, or of an add-on. */
  | Due<'term-end', string, { product: string }>
  /** Of the package's expiry where `daysLeft` says how far it is, else of the reclamation. */
  | Due<'notice', string, { daysLeft?: number }>;

export type AccountTimer = Due<'suspend-arrears', null> | Settlement;

export type Timer = AppTimer | AccountTimer;

export type TimerKind = Timer['kind'];
