import type { Actor } from '@ledger/event-store';

/** Who has the one token. */
export const OPERATOR: Actor = { subject: 'operator', role: 'admin' };
