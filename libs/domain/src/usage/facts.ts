/**
 * What of an app's past its bills still need: when it did not serve, which package it had, which history tier was set, when
 * a plug-in's term ran. Kept for the months that can still be adjusted, and no longer. P-7.5 to P-7.11
 *
 * A span runs from its first second up to, not including, its last; `to` is null while it lasts.
 */
import { addMonths, localMonth, startOfMonth, type Instant } from '../calendar.js';

export type Span = { readonly from: Instant; readonly to: Instant | null };
export type PackageSpan = Span & {
  readonly book: string;
  readonly product: string;
  readonly listPrice: string;
  readonly postpaid: boolean;
};
export type TierSpan = Span & { readonly days: number };
export type PlugInSpan = Span & { readonly product: string };

export type Facts = {
  /** P-7.1 The day on which it left Trial is the first whose samples count. */
  readonly leftTrialAt: Instant | null;
  readonly stops: readonly Span[];
  readonly packages: readonly PackageSpan[];
  readonly tiers: readonly TierSpan[];
  readonly plugIns: readonly PlugInSpan[];
};

export const NO_FACTS: Facts = { leftTrialAt: null, stops: [], packages: [], tiers: [], plugIns: [] };

/** A month can be adjusted on the bills of the three months after it, the last of which is drawn up four months on (P-7.9). */
export const ADJUSTABLE_MONTHS = 3;

const oldestNeeded = (at: Instant): Instant => startOfMonth(addMonths(localMonth(at), -ADJUSTABLE_MONTHS - 1));

export const begun = <S extends Span>(spans: readonly S[], span: S): readonly S[] => {
  const oldest = oldestNeeded(span.from);
  return [...spans.filter(({ to }) => to === null || to > oldest), span];
};

/** Ends the spans that last beyond `at` and match; a span without length is no time (P-7.6) and goes. */
export const ended = <S extends Span>(
  spans: readonly S[],
  at: Instant,
  matches: (span: S) => boolean = () => true,
): readonly S[] =>
  spans
    .map((span) => ((span.to === null || span.to > at) && matches(span) ? { ...span, to: at } : span))
    .filter(({ from, to }) => to === null || to > from);

/** The seconds of `spans` within [from, to). */
export const secondsWithin = (spans: readonly Span[], from: Instant, to: Instant): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to ?? to, to) - Math.max(span.from, from)), 0);

export const overlaps = (span: Span, from: Instant, to: Instant): boolean =>
  span.from < to && (span.to === null || span.to > from) && span.from !== span.to;
