/** The metering facts behind a bill: for each line with a peak, the event of the usage stream that set it. P-7.1, P-7.6 */
import { evolveUsage, monthOf, usageStream, type BillIssued, type UsageMonth } from '@ledger/domain';
import { decode, USAGE_EVENTS, type Actor } from '@ledger/event-store';
import type { Streams } from '../history/entries.js';
import { NotAnswerable } from '../history/not-answerable.js';

export type Metered = {
  /** Of the bill's event among the reasons. */
  readonly place: number;
  readonly appId: string;
  readonly meter: string;
  readonly day: string;
  readonly value: number | string;
  readonly stream: string;
  readonly revision: string;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly actor: Actor;
};

type Peak = BillIssued['lines'][number] & { readonly peakDay: string };

/** Throws a StoreError, and NotAnswerable. */
export const meteredFor = async (streams: Streams, place: number, bill: BillIssued): Promise<readonly Metered[]> => {
  const found: Metered[] = [];
  for (const { stream, revision } of bill.sources) {
    const peaks = bill.lines.filter(
      (line): line is Peak => line.peakDay !== undefined && usageStream(line.appId, monthOf(line.peakDay)) === stream,
    );
    if (peaks.length > 0) found.push(...(await setters(streams, place, peaks, stream, BigInt(revision))));
  }
  return found;
};

const setters = async (
  streams: Streams,
  place: number,
  peaks: readonly Peak[],
  stream: string,
  last: bigint,
): Promise<readonly Metered[]> => {
  const found = new Map<Peak, Metered>();
  let month: UsageMonth | null = null;
  for await (const recorded of streams.read(stream, { requiresLeader: true })) {
    if (recorded.revision > last) break;
    const decoded = decode(USAGE_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new NotAnswerable(decoded);
    const { event, metadata } = decoded;
    const next: UsageMonth = evolveUsage(month, event, recorded.revision);
    for (const peak of peaks) {
      const value = figureOf(next, peak);
      if (value === undefined || value === figureOf(month, peak)) continue;
      const { appId, meter, peakDay: day } = peak;
      const { recordedAt, commandId, actor } = metadata;
      const { effectiveAt } = event;
      const revision = String(recorded.revision);
      found.set(peak, { place, appId, meter, day, value, stream, revision, effectiveAt, recordedAt, commandId, actor });
    }
    month = next;
  }
  return [...found.values()];
};

const figureOf = (month: UsageMonth | null, { meter, region, peakDay }: Peak): number | string | undefined =>
  month?.figures.get(`${meter}/${region ?? ''}`)?.get(peakDay)?.value;
