import { setTimeout } from 'node:timers/promises';
import type { EventStore } from '@ledger/event-store';
import type { Projector } from './projector.js';

/** How far the rows are behind the store. */
export type Lag = {
  /** Estimated by places in the log, which hold other streams too; null when the store does not say where it ends. */
  readonly events: number | null;
  /** The age of the newest event in the rows; null when there is none. */
  readonly seconds: number | null;
};

const NONE: Lag = { events: 0, seconds: 0 };
const LONGEST_MS = 1000;

/** `now` in milliseconds. */
export const lagOf = async (projector: Projector, store: EventStore, now: number): Promise<Lag> => {
  if (projector.isUpToDate) return NONE;
  const { checkpoint } = projector;
  const head = await Promise.race([store.head().catch(() => null), setTimeout(LONGEST_MS, null)]);
  const position = checkpoint?.position ?? 'start';
  const recordedAt = checkpoint?.last?.recordedAt ?? null;
  const age = recordedAt === null ? null : Math.max(0, Math.round((now - Date.parse(recordedAt)) / 1000));
  if (head === null || checkpoint === null || position === 'start') return { events: null, seconds: age };
  if (head.commit <= position.commit) return NONE;
  const perPlace = Number(head.commit - position.commit) / Number(position.commit);
  return { events: Math.ceil(checkpoint.events * perPlace), seconds: age };
};
