import { isId } from '@ledger/contract';
import { accountStream, FOLD_VERSION, fromStored, refusalsStream } from '@ledger/domain';
import type { EventStore, RecordedEvent } from '@ledger/event-store';
import { storedState, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, Param, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { notFound } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { historyEvent, notice, refusal } from './history.js';
import { Journal, type KnownBalance } from './journal.js';
import { nextPage, STREAM_PAGE, streamPage, type PageAsked, type StreamPage } from './stream-page.js';
import { HistoryPageDto, JournalPageDto, NoticesPageDto, RefusalsPageDto } from './streams.answers.dto.js';

/** What is read from an account's streams, from the store's leader: always what stands there now. */
@ApiTags('reads')
@UseInterceptors(Away)
@AllowedFor('reader', 'auditor', 'ops')
@Controller('v1/accounts/:id')
export class StreamsController {
  private readonly wallets: Journal;

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {
    this.wallets = new Journal(store, (accountId) => this.knownBalance(accountId));
  }

  /** Everything that has happened to an account, page by page. */
  @Get('history')
  @ApiOkResponse({ type: HistoryPageDto })
  async history(
    @Param('id') accountId: string,
    @Asks(STREAM_PAGE, 'streams') asked: PageAsked,
  ): Promise<HistoryPageDto> {
    const { items, next } = await this.page(accountId, accountStream(accountId), asked, historyEvent);
    return { accountId, events: items, next: nextPage(`/v1/accounts/${accountId}/history`, asked, next) };
  }

  /** What was paid in, paid out and given back, with the balances after each movement. */
  @Get('journal')
  @ApiOkResponse({ type: JournalPageDto })
  async journal(
    @Param('id') accountId: string,
    @Asks(STREAM_PAGE, 'streams') asked: PageAsked,
  ): Promise<JournalPageDto> {
    const { items, next } = await this.ofKnown(accountId, () => this.wallets.page(accountId, asked));
    return { accountId, entries: items, next: nextPage(`/v1/accounts/${accountId}/journal`, asked, next) };
  }

  /** The notices that were issued: of an expiry, of arrears, of a suspension, of a reclamation to come. */
  @Get('notices')
  @ApiOkResponse({ type: NoticesPageDto })
  async notices(
    @Param('id') accountId: string,
    @Asks(STREAM_PAGE, 'streams') asked: PageAsked,
  ): Promise<NoticesPageDto> {
    const { items, next } = await this.page(accountId, accountStream(accountId), asked, notice);
    return { accountId, notices: items, next: nextPage(`/v1/accounts/${accountId}/notices`, asked, next) };
  }

  /** What was asked of an account and refused, by whom and why. */
  @Get('refusals')
  @AllowedFor('auditor', 'ops')
  @ApiOkResponse({ type: RefusalsPageDto })
  async refusals(
    @Param('id') accountId: string,
    @Asks(STREAM_PAGE, 'streams') asked: PageAsked,
  ): Promise<RefusalsPageDto> {
    const { items, next } = await this.page(accountId, refusalsStream(accountId), asked, refusal);
    return { accountId, refusals: items, next: nextPage(`/v1/accounts/${accountId}/refusals`, asked, next) };
  }

  private page<T>(
    accountId: string,
    stream: string,
    asked: PageAsked,
    pick: (recorded: RecordedEvent) => T | null,
  ): Promise<StreamPage<T>> {
    return this.ofKnown(accountId, () => streamPage(this.store, stream, asked, pick));
  }

  /** An empty page may be that of an account that is not there. */
  private async ofKnown<T>(accountId: string, read: () => Promise<StreamPage<T>>): Promise<StreamPage<T>> {
    const page = isId(accountId) ? await read() : null;
    if (page !== null && page.items.length > 0) return page;
    if (page !== null && (await this.exists(accountId))) return page;
    throw notFound('account-unknown', `There is no account ${JSON.stringify(accountId)}`);
  }

  private async exists(accountId: string): Promise<boolean> {
    for await (const _ of this.store.read(accountStream(accountId), { limit: 1, requiresLeader: true })) return true;
    return false;
  }

  private async knownBalance(accountId: string): Promise<KnownBalance | null> {
    // A read database that is away makes a page slower, nothing else.
    const stored = await storedState(this.database, accountId).catch(() => null);
    if (stored === null || stored.foldVersion !== FOLD_VERSION) return null;
    const { gift, cash } = fromStored(stored.state).wallet;
    return { revision: stored.revision, balance: { gift, cash } };
  }
}
