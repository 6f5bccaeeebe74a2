import { isId } from '@ledger/contract';
import { stateAt } from '@ledger/domain';
import {
  accountById,
  accountsPage,
  billLinesPage,
  billsPage,
  hasBill,
  ordersPage,
  storedAccount,
  type ReadDatabase,
  type StoredAccount,
} from '@ledger/read-models';
import { Controller, Get, Inject, Param, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { notFound, type Problem } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Clock } from '../service/clock.js';
import { READ_DATABASE } from '../service/tokens.js';
import {
  AccountDto,
  AccountsPageDto,
  BillLinesPageDto,
  BillsPageDto,
  OrdersPageDto,
  WalletPageDto,
} from './accounts.answers.dto.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { Freshness } from './freshness.js';
import { LIST_PAGE, listPage, type ListAsked } from './list-page.js';
import { quarantined } from './quarantined.js';
import { flag, id, instant, oneOf, type Asked } from './query.js';
import { vouchersPage } from './wallet.js';

const ACCOUNTS = {
  ...LIST_PAGE,
  currency: oneOf(['CNY', 'USD'], 'accounts in it only'),
  banned: flag('whether banned'),
  overdueSince: instant('accounts overdue since then or for longer only; the longest first'),
};

const ORDERS = { ...LIST_PAGE, appId: id('orders of the app only'), product: id('orders of the product only') };

@ApiTags('reads')
@UseInterceptors(Away)
@AllowedFor('reader', 'auditor', 'ops')
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** The accounts as of the last event of each. */
  @Get()
  @ApiOkResponse({ type: AccountsPageDto })
  async accounts(@Asks(ACCOUNTS, 'rows') asked: Asked<typeof ACCOUNTS>): Promise<AccountsPageDto> {
    const { items, next } = listPage('/v1/accounts', asked, await accountsPage(this.database, asked, asked));
    return { accounts: items, next };
  }

  /** An account with its wallet and arrears, as of now. */
  @Get(':id')
  @ApiOkResponse({ type: AccountDto })
  async account(@Param('id') accountId: string, @Asks({}, 'rows') _asked: unknown): Promise<AccountDto> {
    const account = await accountById(this.database, accountId, this.clock.instant());
    if (account === null) throw this.noAccount(accountId);
    if ('accountId' in account) return account;
    throw quarantined(account);
  }

  /** What was ordered for its apps, what was paid for it, what upgrades and refunds have made of it. */
  @Get(':id/orders')
  @ApiOkResponse({ type: OrdersPageDto })
  async orders(
    @Param('id') accountId: string,
    @Asks(ORDERS, 'rows') asked: Asked<typeof ORDERS>,
  ): Promise<OrdersPageDto> {
    const page = await ordersPage(this.database, { ...asked, accountId }, asked);
    const { items, next } = listPage(`/v1/accounts/${accountId}/orders`, asked, page);
    if (items.length === 0) await this.mustExist(accountId);
    return { accountId, orders: items, next };
  }

  /** Its bills, of months and of days. */
  @Get(':id/bills')
  @ApiOkResponse({ type: BillsPageDto })
  async bills(@Param('id') accountId: string, @Asks(LIST_PAGE, 'rows') asked: ListAsked): Promise<BillsPageDto> {
    const page = await billsPage(this.database, accountId, asked);
    const { items, next } = listPage(`/v1/accounts/${accountId}/bills`, { ...asked }, page);
    if (items.length === 0) await this.mustExist(accountId);
    return { accountId, bills: items, next };
  }

  /** The lines of a bill, those of its parts joined. */
  @Get(':id/bills/:billId/lines')
  @ApiOkResponse({ type: BillLinesPageDto })
  async billLines(
    @Param('id') accountId: string,
    @Param('billId') billId: string,
    @Asks(LIST_PAGE, 'rows') asked: ListAsked,
  ): Promise<BillLinesPageDto> {
    await this.mustExist(accountId);
    if (!(await hasBill(this.database, accountId, billId)))
      throw notFound('bill-unknown', `${accountId} has no bill ${JSON.stringify(billId)}`);
    const page = await billLinesPage(this.database, billId, asked);
    const path = `/v1/accounts/${accountId}/bills/${encodeURIComponent(billId)}/lines`;
    const { items, next } = listPage(path, { ...asked }, page);
    return { accountId, billId, lines: items, next };
  }

  /** Its balances as of now, and its vouchers page by page. */
  @Get(':id/wallet')
  @ApiOkResponse({ type: WalletPageDto })
  async wallet(@Param('id') accountId: string, @Asks(LIST_PAGE, 'rows') asked: ListAsked): Promise<WalletPageDto> {
    const { stored, quarantine } = await this.mustExist(accountId);
    if (!stored) throw quarantine ? quarantined(quarantine) : this.noAccount(accountId);
    const { wallet, currency } = stateAt(stored.account, this.clock.instant());
    const page = vouchersPage(wallet.vouchers, asked);
    const { items, next } = listPage(`/v1/accounts/${accountId}/wallet`, { ...asked }, page);
    return { accountId, currency, cash: wallet.cash, gift: wallet.gift, vouchers: items, next };
  }

  private async mustExist(accountId: string): Promise<StoredAccount> {
    const found = isId(accountId) ? await storedAccount(this.database, accountId) : null;
    if (found === null) throw this.noAccount(accountId);
    return found;
  }

  private noAccount(accountId: string): Problem {
    return this.freshness.notThere('account-unknown', `There is no account ${JSON.stringify(accountId)}`);
  }
}
