/** The names of the streams. The account is the consistency boundary: money, arrears and apps change in one append. */
import type { Month } from './calendar.js';

export const accountStream = (accountId: string): string => `account-${accountId}`;
export const usageStream = (appId: string, month: Month): string => `usage-${appId}-${month}`;
/** One event at NO_STREAM: an app id belongs to one account for ever. */
export const claimStream = (appId: string): string => `claim-${appId}`;
/** The only place of personal data, so that it can be erased while every chain stays whole. */
export const contactStream = (accountId: string): string => `contact-${accountId}`;
export const refusalsStream = (accountId: string | null): string => `refusals-${accountId ?? '_'}`;
