/** What a stream's metadata hide from its readers; `$all` shows everything. */
export type Limits = {
  /** Events before this revision are hidden; beyond every revision when the stream is deleted. */
  readonly truncateBefore: number;
  readonly maxCount: number;
  /** Seconds. */
  readonly maxAge: number;
};

export const NO_LIMITS: Limits = { truncateBefore: 0, maxCount: Infinity, maxAge: Infinity };

/** Of a stream's metadata only the last event counts, so metastreams show no more. */
export const METASTREAM_LIMITS: Limits = { ...NO_LIMITS, maxCount: 1 };

/** The metadata of a deleted stream, written as text because a number would lose the last digits. */
export const DELETED_METADATA = '{"$tb":9223372036854775807}';

const DELETED = 2 ** 63;

const METASTREAM_PREFIX = '$$';

export const isDeleted = (limits: Limits): boolean => limits.truncateBefore >= DELETED;

export const isMetastream = (name: string): boolean => name.startsWith(METASTREAM_PREFIX);

export const metastreamOf = (name: string): string => `${METASTREAM_PREFIX}${name}`;

export const originalOf = (metastream: string): string => metastream.slice(METASTREAM_PREFIX.length);

/** Metadata that cannot be read hide nothing. */
export const parseLimits = (data: Uint8Array): Limits => {
  const metadata = parseMetadata(data);
  const limit = (key: string, otherwise: number): number => {
    const value = metadata[key];
    return typeof value === 'number' && value >= 0 ? value : otherwise;
  };
  return {
    truncateBefore: limit('$tb', NO_LIMITS.truncateBefore),
    maxCount: limit('$maxCount', NO_LIMITS.maxCount),
    maxAge: limit('$maxAge', NO_LIMITS.maxAge),
  };
};

/** The metadata of a stream that is begun again at `revision`: what was deleted stays hidden. */
export const recreatedMetadata = (revision: number): string => JSON.stringify({ $tb: revision });

const parseMetadata = (data: Uint8Array): Record<string, unknown> => {
  try {
    const metadata: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return typeof metadata === 'object' && metadata !== null ? { ...metadata } : {};
  } catch {
    return {};
  }
};

/** The first revision a reader may see by count and truncation; `maxAge` is judged event by event. */
export const firstVisible = (limits: Limits, lastRevision: number): number =>
  Math.max(limits.truncateBefore, lastRevision + 1 - limits.maxCount, 0);
