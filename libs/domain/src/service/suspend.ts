/** An app stops: one event for each cause, and one notice for the suspension. P-6.3, P-6.4 */
import type { App } from '../apps/app.js';
import { iso } from '../calendar.js';
import type { Clause } from '../decision.js';
import type { Draft } from '../draft.js';
import type { Hold } from '../events.js';
import { isHeldBy, reclaimAt, serves, withHold } from './service.js';

/** Nothing when the app is stopped for the cause already. */
export const suspend = (draft: Draft, app: App, cause: Hold, ...clauses: readonly Clause[]): Draft => {
  if (isHeldBy(app.service, cause)) return draft;
  const service = withHold(app.service, cause, draft.at);
  const reclaim = reclaimAt(service);
  draft.add(
    {
      type: 'Suspended',
      appId: app.appId,
      cause,
      suspendedSince: iso(service.stoppedAt ?? draft.at),
      reclaimAt: reclaim === null ? null : iso(reclaim),
    },
    ...clauses,
    'P-6.4',
  );
  return serves(app.service) ? draft.add({ type: 'NoticeIssued', appId: app.appId, notice: 'suspended' }) : draft;
};
