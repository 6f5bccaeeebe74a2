/** An event as the audit tells it: what it was, when, who asked for it and why, by which clauses and prices. */
import { CLAUSE_TEXTS } from '@ledger/contract';
import type { AccountEvent, Clause } from '@ledger/domain';
import { accountStream } from '@ledger/domain';
import type { Actor, AskedCommand } from '@ledger/event-store';
import type { Step } from './course.js';
import { sentenceOf } from './sentences.js';

export type ClauseText = { readonly clause: Clause; readonly text: string | null };

export type Happening = {
  readonly source: Step['source'];
  readonly stream: string;
  /** Null where nobody has recorded it: time has brought it all the same. */
  readonly revision: string | null;
  readonly id: string | null;
  readonly type: AccountEvent['type'];
  readonly effectiveAt: string;
  readonly recordedAt: string | null;
  readonly sentence: string;
  /** `clock` is time itself. */
  readonly actor: Actor | null;
  readonly commandId: string | null;
  /** What was asked, for the whole append; null where time brought it. */
  readonly command: AskedCommand | null;
  readonly reason: string | null;
  /** The version of the rules that decided. */
  readonly rules: number | null;
  /** Of the whole append. */
  readonly clauses: readonly ClauseText[];
  /** The rows of price books it carries. */
  readonly priceRows: readonly string[];
};

export const clauseText = (clause: Clause): ClauseText => ({ clause, text: CLAUSE_TEXTS.get(clause) ?? null });

export const happeningOf = (step: Step): Happening => {
  const { event, source } = step;
  const { type, effectiveAt, accountId } = event;
  const what = { source, stream: accountStream(accountId), type, effectiveAt, sentence: sentenceOf(event) };
  const priceRows = priceRowsOf(event);
  if (step.source === 'derived')
    return {
      ...what,
      revision: null,
      id: null,
      recordedAt: null,
      actor: null,
      commandId: null,
      command: null,
      reason: null,
      rules: null,
      clauses: step.clauses.map(clauseText),
      priceRows,
    };
  const { metadata, asked } = step;
  return {
    ...what,
    revision: String(step.revision),
    id: step.id,
    recordedAt: metadata.recordedAt,
    actor: metadata.actor,
    commandId: metadata.commandId,
    command: asked.metadata.command ?? null,
    reason: asked.metadata.reason ?? null,
    rules: metadata.rules,
    clauses: metadata.clauses.map(clauseText),
    priceRows,
  };
};

/** A bill's lines name book and package; the meter's row is theirs. */
const priceRowsOf = (event: AccountEvent): readonly string[] => {
  if ('order' in event) return [event.order.priceRow];
  if (event.type === 'Upgraded') return [event.priceRow];
  if (event.type !== 'BillIssued') return [];
  return [...new Set(event.lines.map(({ book, package: product, meter }) => `${book}/${product}/${meter}`))];
};
