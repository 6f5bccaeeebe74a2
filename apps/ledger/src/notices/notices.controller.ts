import { isId } from '@ledger/contract';
import { deliveriesPage, DELIVERY_STATES, retryDelivery, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { notFound } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Asks } from '../reads/asks.js';
import { Away } from '../reads/away.js';
import { LIST_PAGE, listPage } from '../reads/list-page.js';
import { id, oneOf, type Asked } from '../reads/query.js';
import { READ_DATABASE } from '../service/tokens.js';
import { DeliveryRetriedDto, NoticeDeliveriesPageDto } from './notices.answers.dto.js';

const DELIVERIES = {
  ...LIST_PAGE,
  state: oneOf(DELIVERY_STATES, 'deliveries in the state only'),
  accountId: id('deliveries to the account only'),
};

/** For operators: what `ops notices` does. */
@ApiTags('notices')
@UseInterceptors(Away)
@Controller('v1/notices/deliveries')
export class NoticesController {
  constructor(@Inject(READ_DATABASE) private readonly database: ReadDatabase) {}

  /** What became of each notice on each way, by the instant of the notices, the oldest first. */
  @Get()
  @AllowedFor('reader', 'auditor', 'ops')
  @ApiOkResponse({ type: NoticeDeliveriesPageDto })
  async deliveries(@Asks(DELIVERIES, 'rows') asked: Asked<typeof DELIVERIES>): Promise<NoticeDeliveriesPageDto> {
    const page = await deliveriesPage(this.database, asked, asked);
    const { items, next } = listPage('/v1/notices/deliveries', asked, page);
    return { deliveries: items, next };
  }

  /** Tries one that was given up or skipped again, as if for the first time; too old or untrue it is skipped again. */
  @Post(':deliveryId/retry')
  @HttpCode(200)
  @AllowedFor('ops')
  @ApiOkResponse({ type: DeliveryRetriedDto })
  async retry(@Param('deliveryId') deliveryId: string): Promise<DeliveryRetriedDto> {
    const outcome = isId(deliveryId) ? await retryDelivery(this.database, deliveryId) : 'unknown';
    if (outcome === 'unknown') throw notFound('delivery-unknown', 'There is no such delivery of a notice');
    return { outcome };
  }
}
