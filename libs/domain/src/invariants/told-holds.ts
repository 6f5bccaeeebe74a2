/** Why each app does not serve, as its events tell it: what came with `Suspended` and went with the event that lifts it. P-6.3 */
import type { AccountEvent, Hold } from '../events.js';

export class ToldHolds {
  private readonly held = new Map<string, Set<Hold>>();
  private readonly stopped = new Set<string>();

  tell(event: AccountEvent): void {
    if (event.type === 'ArrearsCleared') for (const holds of this.held.values()) holds.delete('arrears');
    if (!('appId' in event) || event.appId === undefined) return;
    const { appId } = event;
    if (event.type === 'Suspended') {
      this.of(appId).add(event.cause);
      this.stopped.add(appId);
    }
    if (event.type === 'Resumed') this.stopped.delete(appId);
    for (const cause of liftedBy(event)) this.of(appId).delete(cause);
  }

  /** Sorted, as views show them. */
  holds(appId: string): readonly Hold[] {
    return [...this.of(appId)].toSorted();
  }

  /** Whether the last word on the app was that it stopped: `Suspended`, and no `Resumed` since. */
  isStopped(appId: string): boolean {
    return this.stopped.has(appId);
  }

  private of(appId: string): Set<Hold> {
    const holds = this.held.get(appId) ?? new Set();
    this.held.set(appId, holds);
    return holds;
  }
}

const liftedBy = (event: AccountEvent): readonly Hold[] => {
  if (event.type === 'AppEnabled') return ['disabled'];
  if (event.type === 'TrialExtended') return ['trial-over'];
  return event.type === 'Purchased' && event.kind === 'package' ? ['lapsed', 'refunded', 'trial-over'] : [];
};
