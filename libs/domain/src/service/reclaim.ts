/** 90 days after an app was stopped without having come back, its resources are reclaimed, for good. P-6.4, P-6.5 */
import type { App } from '../apps/app.js';
import { DAY, iso } from '../calendar.js';
import type { Draft } from '../draft.js';

/** D: the notice of the reclamation comes 7 days before it. */
export const RECLAIM_NOTICE = 7 * DAY;

export const reclaim = (draft: Draft, app: App): Draft =>
  draft.add(
    { type: 'ResourcesReclaimed', appId: app.appId, suspendedSince: iso(app.service.stoppedAt ?? draft.at) },
    'P-6.4',
    'P-6.5',
  );
