import { Controller, Get, Header, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../http/bearer.guard.js';
import { Away } from '../reads/away.js';
import { Metrics } from './metrics.js';

/** Public: scrapers send no token, the service listens on loopback unless told otherwise, and no account is named. */
@ApiExcludeController()
@Public()
@UseInterceptors(Away)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  text(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
