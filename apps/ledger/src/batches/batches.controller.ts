import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { iso } from '@ledger/domain';
import { Ledger } from '@ledger/event-store';
import { batchStatus, BatchTaken, releaseBatch, resultsOf, takeBatch, type ReadDatabase } from '@ledger/read-models';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Logger,
  Param,
  Post,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../access/caller.js';
import { CommandAccess } from '../access/command-access.js';
import { COMMANDERS } from '../access/command-roles.js';
import { wrongRole } from '../access/forbidden.js';
import { roleFor, type Principal } from '../access/principal.js';
import { ExecuteCommand } from '../commands/execute-command.js';
import { malformed, notFound, problem, unavailable, type Problem } from '../http/problem.js';
import { AllowedFor, AllowedPerCommand } from '../http/roles.js';
import { Away } from '../reads/away.js';
import { Clock } from '../service/clock.js';
import { Ending } from '../service/ending.js';
import { answerLines, type Say } from '../service/ndjson.js';
import { READ_DATABASE } from '../service/tokens.js';
import { readBody, type BatchBody } from './batch-body.js';
import { BatchDto } from './batches.answers.dto.js';
import { carryOut } from './carry-out.js';
import { unsupported } from './ndjson-body.js';
import { Results } from './results.js';

const BATCH_ID = /^[A-Za-z0-9_.-]{1,64}$/;
/** Each may hold a body in memory. */
const MOST_AT_ONCE = 4;

/** Many commands in one request. */
@ApiTags('commands')
@UseInterceptors(Away)
@Controller('v1/batches')
export class BatchesController {
  private readonly logger = new Logger(BatchesController.name);
  readonly #running = new Set<string>();

  constructor(
    private readonly bus: CommandBus,
    private readonly ledger: Ledger,
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly access: CommandAccess,
    private readonly ending: Ending,
  ) {}

  /**
   * Sends a batch of commands, each line `{ "command": "Purchase", "body": { … }, "key"?: "…" }`. Commands of an account are
   * decided in the order of their lines, accounts side by side. What stops half way is sent again under its id and goes on:
   * what was decided is answered as it was, and nothing happens twice.
   */
  @Post()
  @HttpCode(200)
  @AllowedPerCommand()
  @ApiHeader({
    name: 'Batch-Id',
    required: true,
    description: 'a new one for every new batch; the same to go on with one',
    schema: { type: 'string', pattern: BATCH_ID.source },
  })
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ schema: { type: 'string' }, description: 'One JSON object a line; 16 MiB and 20,000 commands at most.' })
  @ApiOkResponse({
    content: { 'application/x-ndjson': {} },
    description:
      'One JSON object a line: an `item` as soon as it is decided, with `item` (the number of its line, from 0), `status` and `receipt` or `problem`; then `finished`, or `stopped` while items are open.',
  })
  async send(
    @Caller() caller: Principal,
    @Headers('batch-id') batchId: string | undefined,
    @Body() stream: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (roleFor(caller, COMMANDERS) === null) throw wrongRole(caller, 'send a batch', COMMANDERS);
    if (batchId === undefined || !BATCH_ID.test(batchId)) throw malformed([ID_PROBLEM]);
    if (this.#running.has(batchId)) throw running(batchId);
    if (this.#running.size >= MOST_AT_ONCE)
      throw unavailable('too-busy', `${MOST_AT_ONCE} batches are being carried out already.`, 5);
    this.#running.add(batchId);
    const holder = randomUUID();
    try {
      const body = await bodyFrom(stream);
      await this.#take(batchId, body, holder);
      await answerLines(reply, this.ending.signal, (say, signal) =>
        this.#carryOut({ caller, batchId, holder, body, correlationId: request.id }, say, signal),
      );
    } finally {
      this.#running.delete(batchId);
      await releaseBatch(this.database, batchId, holder).catch(() => undefined); // it runs out by itself
    }
  }

  /** How far a batch is. */
  @Get(':batchId')
  @AllowedFor('reader', 'auditor', 'ops', 'meter', 'payments')
  @ApiOkResponse({ type: BatchDto })
  async status(@Param('batchId') batchId: string): Promise<BatchDto> {
    const status = await batchStatus(this.database, batchId);
    if (status === null) throw notFound('batch-unknown', 'No batch was sent under this id');
    const { decided, ...batch } = status;
    const all = [...decided.values()].reduce((sum, items) => sum + items, 0);
    const done = decided.get(201) ?? 0;
    const bad = decided.get(400) ?? 0;
    // Where nobody else can be, a holder that is not here was killed.
    const isRunning = this.#running.has(batchId) || (this.database.isShared && batch.isRunning);
    return { ...batch, isRunning, done, refused: all - done - bad, malformed: bad, open: batch.items - all };
  }

  async #take(batchId: string, { hash, lines }: BatchBody, holder: string): Promise<void> {
    const begunAt = iso(this.clock.instant());
    // Where nobody else can be, whoever had it is gone.
    const how = this.database.isShared ? 'when-free' : 'by-force';
    const batch = { batchId, bodyHash: hash, items: lines.length, begunAt };
    switch (await takeBatch(this.database, batch, holder, how)) {
      case 'taken':
        return;
      case 'held':
        throw running(batchId);
      case 'other-body':
        throw problem(
          'key-reused',
          'Send this batch under an id of its own; under this one the ledger has another body.',
        );
    }
  }

  async #carryOut(
    { caller, batchId, holder, body, correlationId }: Taken,
    say: Say,
    signal: AbortSignal,
  ): Promise<void> {
    const lost = new AbortController();
    const results = new Results(this.database, { batchId, holder }, () => lost.abort());
    try {
      const counts = await carryOut({
        batchId,
        body,
        correlationId,
        decided: await resultsOf(this.database, batchId),
        actorFor: (command, commandId) => this.access.actorFor(caller, command, commandId),
        execute: (request) => this.bus.execute(new ExecuteCommand(request)),
        receiptAgain: (place) => this.ledger.receiptAgain(place),
        keep: (result) => results.keep(result),
        onFailure: (error) => this.logger.error(error),
        say,
        signal: AbortSignal.any([signal, lost.signal]),
      });
      say({ kind: counts.open === 0 ? 'finished' : 'stopped', batchId, items: body.lines.length, ...counts });
    } catch (error) {
      if (!(error instanceof BatchTaken)) throw error;
      say({ kind: 'failed', reason: error.message });
    } finally {
      results.end();
    }
  }
}

type Taken = {
  readonly caller: Principal;
  readonly batchId: string;
  readonly holder: string;
  readonly body: BatchBody;
  readonly correlationId: string;
};

const ID_PROBLEM = {
  field: 'Batch-Id',
  rule: 'batch-id',
  message: 'send this header with 1 to 64 letters, digits, "_", "." and "-", a new id for every new batch',
};

const running = (batchId: string): Problem =>
  unavailable('batch-running', `The batch ${batchId} is being carried out. Send it again when that is over.`, 5);

const bodyFrom = async (stream: unknown): Promise<BatchBody> => {
  if (!(stream instanceof Readable)) throw unsupported('Send the batch as application/x-ndjson.');
  const body = await readBody(stream);
  if ('tooLarge' in body) throw problem('too-large', body.tooLarge);
  if (body.lines.length === 0)
    throw malformed([{ field: '', rule: 'batch', message: 'send commands, one JSON object a line' }]);
  return body;
};
