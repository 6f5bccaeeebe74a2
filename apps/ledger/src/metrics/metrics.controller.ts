import { Controller, Get, Header, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../http/roles.js';
import { Away } from '../reads/away.js';
import { Metrics } from './metrics.js';

/** Public: scrapers send no token, the service listens on loopback unless told otherwise, and no account is named. */
@ApiTags('health')
@Public()
@UseInterceptors(Away)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** What a scraper of metrics reads, in the text format of Prometheus. */
  @Get()
  @ApiOkResponse({ content: { 'text/plain': {} }, description: 'The metrics, a line each.' })
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  text(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
