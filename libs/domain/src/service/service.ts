/**
 * An app's service: why it does not serve, since when, and from when its 90 days run. P-6.3, P-6.4
 *
 * It serves when no hold is left. Grace is not a hold.
 */
import { DAY, type Instant } from '../calendar.js';
import type { Hold } from '../events.js';

export type Service = {
  /** In the order in which they came. */
  readonly holds: readonly Hold[];
  /** When the first hold of this suspension came; null while it serves. */
  readonly stoppedAt: Instant | null;
  /** When the first hold came that runs the clock of reclamation; null while only `disabled` stands. */
  readonly reclaimFrom: Instant | null;
};

export const SERVING: Service = { holds: [], stoppedAt: null, reclaimFrom: null };

const RECLAIM_AFTER = 90 * DAY;

export const serves = ({ holds }: Service): boolean => holds.length === 0;

export const isHeldBy = ({ holds }: Service, cause: Hold): boolean => holds.includes(cause);

/** P-6.4 90 × 86,400 s after the app was stopped. */
export const reclaimAt = ({ reclaimFrom }: Service): Instant | null =>
  reclaimFrom === null ? null : reclaimFrom + RECLAIM_AFTER;

/** P-6.4 A further cause does not restart the 90 days; an operator's `disabled` alone does not start them. */
export const withHold = (service: Service, cause: Hold, at: Instant): Service =>
  isHeldBy(service, cause)
    ? service
    : {
        holds: [...service.holds, cause],
        stoppedAt: service.stoppedAt ?? at,
        reclaimFrom: service.reclaimFrom ?? (cause === 'disabled' ? null : at),
      };

/** P-6.4 The 90 days are void when the last cause that runs them is gone. */
export const withoutHolds = (service: Service, ...causes: readonly Hold[]): Service => {
  const holds = service.holds.filter((cause) => !causes.includes(cause));
  return {
    holds,
    stoppedAt: holds.length === 0 ? null : service.stoppedAt,
    reclaimFrom: holds.some((cause) => cause !== 'disabled') ? service.reclaimFrom : null,
  };
};
