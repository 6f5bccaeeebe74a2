/** A deadline: what is due, when, and for whom. The kinds are the outside's (language.md, Journeys). */
import type { Instant } from './calendar.js';

export type TimerKind =
  | 'trial-end'
  | 'term-end'
  | 'suspend-lapsed'
  | 'suspend-arrears'
  | 'reclaim'
  | 'settle-month'
  | 'settle-day'
  | 'notice';

export type Timer = {
  readonly kind: TimerKind;
  readonly dueAt: Instant;
  readonly appId: string | null;
  /** Of a term's end: whose term. */
  readonly product?: string;
  /** Of a settlement: the month or day it settles. */
  readonly period?: string;
  /** Of an expiry notice. */
  readonly daysLeft?: number;
};
