/** Delivers what is due, again and again: each attempt is counted before it is made, and its outcome kept after it. */
import { setTimeout } from 'node:timers/promises';
import { iso } from '@ledger/domain';
import { backoff } from '@ledger/event-store';
import {
  changeDelivery,
  dueDeliveries,
  forgetDeliveries,
  type DeliveryChange,
  type NoticeDelivery,
  type ReadDatabase,
  type Turn,
} from '@ledger/read-models';
import type { Clock } from '../service/clock.js';
import type { NoticeChannels } from './channel.js';
import { consider, type Sources } from './consider.js';
import { inTurn } from './in-turn.js';

/** How often it looks whether something is due, where nothing was. */
const LOOK_MS = 500;
const AT_ONCE = 50;
const IN_PARALLEL = 4;

/** How often a notice is tried, and the waits between: doubling from the first to the longest, in milliseconds. */
export type Retries = { readonly most: number; readonly first: number; readonly longest: number };

/** Over some three hours. */
export const RETRIES: Retries = { most: 24, first: 1000, longest: 900_000 };

/** How long all wait when the way itself is away. */
const AWAY = { first: 1000, longest: 30_000 };

export type Delivering = Sources & {
  readonly database: ReadDatabase;
  readonly clock: Clock;
  readonly channels: NoticeChannels;
  readonly retries: Retries;
  /** Nothing can be delivered now. */
  readonly onTrouble: (error: unknown) => void;
};

/** Until the turn is over. Throws `Overtaken`, or what the database says. */
export const sendDue = async (delivering: Delivering, turn: Turn): Promise<void> => {
  for (let failures = 0; !turn.signal.aborted;) {
    const due = await dueDeliveries(delivering.database, AT_ONCE);
    const away = await deliverAll(delivering, turn, due);
    if (away !== null) delivering.onTrouble(away);
    failures = away === null ? 0 : failures + 1;
    if (away === null && due.length > 0) continue;
    if (due.length === 0) await forgetDeliveries(delivering.database, turn);
    const wait = away === null ? LOOK_MS : backoff(failures - 1, AWAY.first, AWAY.longest);
    await setTimeout(wait, undefined, { signal: turn.signal }).catch(() => undefined);
  }
};

/**
 * A few at a time. What is away is away for all: the rest is not tried then, and keeps its attempts. Settles when nothing is
 * being sent any more, so that nothing is begun twice.
 */
const deliverAll = async (
  delivering: Delivering,
  turn: Turn,
  due: readonly NoticeDelivery[],
): Promise<string | null> => {
  const queue = due.values();
  let isOver = false;
  const work = async (): Promise<string | null> => {
    for (const delivery of queue) {
      if (isOver || turn.signal.aborted) return null;
      const away = await deliver(delivering, turn, delivery).catch((error: unknown) => {
        isOver = true;
        throw error;
      });
      isOver ||= away !== null;
      if (away !== null) return away;
    }
    return null;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: IN_PARALLEL }, work));
  const reasons = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  return reasons.find((reason) => reason !== null) ?? null;
};

/** Why nothing can be delivered at all now; null when that was not so. */
const deliver = async (
  delivering: Delivering,
  turn: Turn,
  { deliveryId, attempts, ...delivery }: NoticeDelivery,
): Promise<string | null> => {
  const { database, clock, channels, retries } = delivering;
  const change = (to: DeliveryChange): Promise<void> => changeDelivery(database, turn, deliveryId, to);
  const now = (): string => iso(clock.instant());
  if (attempts >= retries.most) {
    await change({ kind: 'dead', reason: delivery.reason ?? 'every attempt was cut off', at: now() });
    return null;
  }
  // One that nobody foresaw is this one's failure: counted like others, so that it cannot hold up the rest for ever.
  const failed = (error: unknown): { readonly kind: 'later'; readonly reason: string } => {
    delivering.onTrouble(error);
    return { kind: 'later', reason: error instanceof Error ? error.name : 'failed' };
  };
  const considering = consider(delivering, { deliveryId, attempts, ...delivery }, clock.instant());
  const considered = await considering.catch(failed);
  if (considered.kind === 'away') return considered.reason;
  if (considered.kind === 'skip') {
    await change({ kind: 'skipped', reason: considered.reason, at: now() });
    return null;
  }
  await change({ kind: 'attempt', waitMs: backoff(attempts, retries.first, retries.longest) });
  const channel = channels[delivery.channel];
  const sent =
    considered.kind === 'send' ? await inTurn(channel.send(considered.message).catch(failed), turn.signal) : considered;
  if (sent === 'cut-off') return null; // it stays due, and comes again under the same id
  switch (sent.kind) {
    case 'sent':
      await change({ kind: 'sent', via: channel.name, at: now() });
      return null;
    case 'refused':
      await change({ kind: 'dead', reason: sent.reason, at: now() });
      return null;
    case 'later':
    case 'away':
      if (attempts + 1 >= retries.most) await change({ kind: 'dead', reason: sent.reason, at: now() });
      else await change({ kind: 'failed', reason: sent.reason });
      return sent.kind === 'away' ? `${delivery.channel}: ${sent.reason}` : null;
  }
};
