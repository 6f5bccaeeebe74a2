/** Why a command was refused: which check, with which values; decided again on the state that the command met. */
import {
  claimStream,
  decide,
  instant,
  isRefused,
  monthOf,
  refusalsStream,
  stateAt,
  type Account,
  type Clause,
  type Command,
  type Details,
  type Given,
  type Instant,
} from '@ledger/domain';
import {
  CLAIM_EVENTS,
  decode,
  REFUSAL_EVENTS,
  type Actor,
  type AskedCommand,
  type CommandRefused,
} from '@ledger/event-store';
import { entries, type Streams } from '../history/entries.js';
import { clauseText, type ClauseText } from '../history/happening.js';
import { KnownUsage } from '../history/known-usage.js';
import { NotAnswerable } from '../history/not-answerable.js';
import { evolved, NOTHING, type Situation } from '../history/situation.js';
import { accountFacts, appFacts, type Facts } from '../state/facts.js';

/** What is decided today on the state of then. */
export type Again =
  | { readonly kind: 'refused'; readonly refusal: string; readonly clause: Clause; readonly details: Details }
  | { readonly kind: 'accepted' };

export type WhyRefused = {
  readonly accountId: string;
  readonly revision: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly command: AskedCommand;
  readonly actor: Actor;
  readonly refusal: string;
  /** Null for what no clause forbids, like a role that may not. */
  readonly clause: ClauseText | null;
  /** The values that the check saw. */
  readonly details: Details;
  /** The account as the command met it, and the app that it names. */
  readonly met: { readonly revision: string | null; readonly account: Facts; readonly app: Facts };
  /** Null where the rules were not asked. */
  readonly again: Again | null;
};

type Kept = {
  readonly event: CommandRefused;
  readonly revision: bigint;
  readonly commandId: string;
  readonly recordedAt: string;
};

/**
 * A refusal by its command id, with or without the `c:` of the outside's keys, or by its revision in the list of refusals; of
 * several of one id the latest. Throws a StoreError, and NotAnswerable.
 */
export const whyRefused = async (streams: Streams, accountId: string, refusal: string): Promise<WhyRefused> => {
  const kept = await keptRefusal(streams, accountId, refusal);
  const { event, commandId, recordedAt } = kept;
  const at = instant(event.effectiveAt);
  const { situation, revision } = await metBy(streams, accountId, kept, at);
  const account = situation.account && stateAt(situation.account, at);
  const { appId } = event.command.body;
  const app = typeof appId === 'string' ? account?.apps.get(appId) : undefined;
  return {
    accountId,
    revision: String(kept.revision),
    at: event.effectiveAt,
    recordedAt,
    commandId,
    command: event.command,
    actor: event.actor,
    refusal: event.refusal,
    clause: event.clause && clauseText(event.clause),
    details: event.details,
    met: {
      revision: revision === null ? null : String(revision),
      account: account ? accountFacts(account) : {},
      app: account && app ? appFacts(account, app, at) : {},
    },
    again: event.clause && (await decidedAgain(streams, account, event.command, at)),
  };
};

const keptRefusal = async (streams: Streams, accountId: string, wanted: string): Promise<Kept> => {
  let found: Kept | null = null;
  for await (const recorded of streams.read(refusalsStream(accountId), { requiresLeader: true })) {
    const decoded = decode<CommandRefused>(REFUSAL_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new NotAnswerable(decoded);
    const { commandId, recordedAt } = decoded.metadata;
    const { revision } = recorded;
    if ([commandId, commandId.replace(/^c:/, ''), String(revision)].includes(wanted))
      found = { event: decoded.event, revision, commandId, recordedAt };
  }
  if (!found) throw new NotAnswerable({ kind: 'unknown-refusal', refusal: wanted });
  return found;
};

/** The account that the command met: what was recorded by its refusal, to the millisecond. */
const metBy = async (
  streams: Streams,
  accountId: string,
  { recordedAt }: Kept,
  at: Instant,
): Promise<{ readonly situation: Situation; readonly revision: bigint | null }> => {
  let [situation, revision]: [Situation, bigint | null] = [NOTHING, null];
  for await (const entry of entries(streams, accountId)) {
    if (Date.parse(entry.metadata.recordedAt) > Date.parse(recordedAt) || instant(entry.event.effectiveAt) > at) break;
    [situation, revision] = [evolved(situation, entry.event), entry.revision];
  }
  return { situation, revision };
};

const decidedAgain = async (
  streams: Streams,
  account: Account | null,
  { name, body }: AskedCommand,
  at: Instant,
): Promise<Again> => {
  // It was checked and normalised before it was decided, and what is kept of it is what was decided.
  const command = { do: name, ...body } as Command;
  const decision = decide(account, command, at, await given(streams, command, at));
  if (!isRefused(decision)) return { kind: 'accepted' };
  const { refusal, clause, details } = decision;
  return { kind: 'refused', refusal, clause, details };
};

const given = async (streams: Streams, command: Command, at: Instant): Promise<Given> => {
  if (command.do === 'CreateApp') return { claimedBy: await claimedBy(streams, command.appId, at) };
  if (command.do !== 'RecordUsage' && command.do !== 'CorrectUsage') return {};
  const day = command.do === 'RecordUsage' ? command.samples[0]?.day : command.day;
  if (day === undefined) return {};
  const months = await new KnownUsage(streams, null).months([{ appId: command.appId, month: monthOf(day) }], at);
  return { usage: [...months.values()][0] ?? null };
};

const claimedBy = async (streams: Streams, appId: string, at: Instant): Promise<string | null> => {
  for await (const recorded of streams.read(claimStream(appId), { requiresLeader: true })) {
    const decoded = decode(CLAIM_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new NotAnswerable(decoded);
    return instant(decoded.event.effectiveAt) > at ? null : decoded.event.accountId;
  }
  return null;
};
