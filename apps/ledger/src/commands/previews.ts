import {
  accountStream,
  accountView,
  decide,
  evolve,
  evolveUsage,
  instant,
  isRefused,
  iso,
  usageStream,
  type Account,
  type Command,
  type Given,
  type LedgerEvent,
  type UsageMonth,
} from '@ledger/domain';
import {
  ACCOUNT_EVENTS,
  decode,
  USAGE_EVENTS,
  type DryRun,
  type EventStore,
  type Outcome,
  type Previewed,
} from '@ledger/event-store';
import { Inject, Injectable } from '@nestjs/common';
import { malformed, problem, type Problem } from '../http/problem.js';
import { EVENT_STORE } from '../service/tokens.js';
import type { DryRunDto } from './answers.dto.js';
import { differenceOf, type Difference } from './difference.js';
import { fingerprintOf, readFingerprint } from './fingerprint.js';

export const PREVIEW_KEY = Symbol('PREVIEW_KEY');

type Stale = Extract<Outcome<Account>, { readonly kind: 'preview-stale' }>;

/** A preview is a contract: its fingerprint commits exactly what it showed, or nothing. */
@Injectable()
export class Previews {
  constructor(
    @Inject(PREVIEW_KEY) private readonly key: string,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** What a dry run tells. */
  shown(command: Command, outcome: DryRun<Account>): DryRunDto {
    const { events, items, at, revision, before, after } = outcome;
    return {
      accountId: command.accountId,
      at: iso(at),
      revision,
      fingerprint: fingerprintOf(this.key, command, outcome),
      events,
      ...(items && { items }),
      before: before && accountView(before),
      after: after && accountView(after),
    };
  }

  /** What `If-Match` wants committed; undefined without it. Throws a `Problem` when it is no fingerprint of this command. */
  wanted(command: Command, ifMatch: string | undefined): Previewed | undefined {
    if (ifMatch === undefined) return undefined;
    const [, quoted, bare] = /^\s*(?:"([^"]*)"|([\w.-]+))\s*$/.exec(ifMatch) ?? [];
    const text = quoted ?? bare;
    if (text === undefined)
      throw malformed([{ field: 'If-Match', rule: 'fingerprint', message: 'give the one ETag of a dry run as it is' }]);
    const previewed = readFingerprint(this.key, command, text);
    if (previewed === null)
      throw problem('preview-unknown', 'No preview of this very command has this fingerprint. Nothing was written.');
    return previewed;
  }

  /** What became of a preview that cannot be committed any more. */
  async stale(command: Command, previewed: Previewed, { revision, at, now }: Stale): Promise<Problem> {
    const detail =
      at > previewed.until
        ? 'The preview is more than ten minutes old. Nothing was written.'
        : 'Something has happened to the account since the preview, or is due by now. Nothing was written.';
    const events = isRefused(now) ? [] : now.events;
    return problem('preview-stale', detail, {
      revision,
      at: iso(at),
      now: isRefused(now) ? { refusal: now.refusal, clause: now.clause, details: now.details } : { events },
      difference: await this.#difference(command, previewed, events),
    });
  }

  /** Null when what was shown cannot be decided again. */
  async #difference(command: Command, previewed: Previewed, now: readonly LedgerEvent[]): Promise<Difference | null> {
    const { at, is, revision } = previewed;
    const account = revision === null ? null : await this.#accountAt(command.accountId, BigInt(revision));
    if (account === 'unreadable') return null;
    const then = decide(account, command, at, await this.#given(command, at));
    return isRefused(then) || !is(then) ? null : differenceOf(then.events, now);
  }

  async #accountAt(accountId: string, revision: bigint): Promise<Account | 'unreadable' | null> {
    let account: Account | null = null;
    for await (const recorded of this.store.read(accountStream(accountId), { requiresLeader: true })) {
      if (recorded.revision > revision) break;
      const decoded = decode(ACCOUNT_EVENTS, recorded);
      if (decoded.kind === 'unreadable') return decoded.kind;
      account = evolve(account, decoded.event);
    }
    return account;
  }

  /** What stood in the usage stream then. An app id that the preview found free was free then. */
  async #given(command: Command, at: number): Promise<Given> {
    const day = command.do === 'RecordUsage' ? command.samples[0]?.day : command.do === 'CorrectUsage' && command.day;
    if (!day || !('appId' in command) || command.appId === undefined) return {};
    let usage: UsageMonth | null = null;
    for await (const recorded of this.store.read(usageStream(command.appId, day.slice(0, 7)), {
      requiresLeader: true,
    })) {
      const decoded = decode(USAGE_EVENTS, recorded);
      if (decoded.kind === 'unreadable' || instant(decoded.event.effectiveAt) > at) break;
      usage = evolveUsage(usage, decoded.event, recorded.revision);
    }
    return { usage };
  }
}
