/** What verification can find wrong. Every finding says where, what should stand there, and what does. */
export type FindingKind =
  /** An event's chain does not follow from the one before it: something was changed, left out or put in. */
  | 'chain-broken'
  /** The revisions of a stream are not 0, 1, 2 … */
  | 'revision-missing'
  /** An event of unknown type or schema, or one that cannot be folded. */
  | 'unreadable'
  /** A stream that another one relies on is not there, or ends too early. */
  | 'stream-missing'
  /** The claim of an app id names another account. */
  | 'claimed-by-another'
  /** An append does not say by which command it came, or says it in a way nobody could have sent. */
  | 'not-decidable'
  /** The kept command is not the one whose hash was kept. */
  | 'command-changed'
  /** Time's order was not kept: something else was due first, or nothing was. P-0.7 */
  | 'out-of-turn'
  /** The rules decide something else from the state before. */
  | 'decided-differently'
  /** The state, or the events, break what always holds. */
  | 'invariant-violated'
  /** A stored state is not the fold of its stream. */
  | 'state-differs'
  /** A row of the read models is not what the stream says. */
  | 'row-differs';

export type Finding = {
  readonly kind: FindingKind;
  readonly stream: string;
  /** Of the event, or of the first event of the append; null where it is about the whole stream. */
  readonly revision: string | null;
  /** The field, the invariant or the row it is about. */
  readonly what: string;
  readonly expected: string | null;
  readonly actual: string | null;
};

/** A value as findings show it: text as it is, anything else as JSON, nothing as null. */
export const shown = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
