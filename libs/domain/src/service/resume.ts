/** When the last cause is gone, the app serves again, in the same append. P-6.3, P-8.3 */
import type { App } from '../apps/app.js';
import type { Draft } from '../draft.js';
import { serves } from './service.js';

/** `before`: the app as it was before the events that may have lifted its last hold. */
export const resumeIfServing = (draft: Draft, before: App): Draft => {
  const app = draft.account.apps.get(before.appId);
  return app && serves(app.service) && !serves(before.service)
    ? draft.add({ type: 'Resumed', appId: app.appId }, 'P-6.3')
    : draft;
};
