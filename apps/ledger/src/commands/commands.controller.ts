import { parseCommand, type FieldProblem } from '@ledger/contract';
import { Body, Controller, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../access/caller.js';
import { CommandAccess } from '../access/command-access.js';
import type { Principal } from '../access/principal.js';
import { malformed, notFound } from '../http/problem.js';
import { AllowedPerCommand } from '../http/roles.js';
import { answerTo, type Answer } from './answer.js';
import { DryRunDto, ReceiptDto } from './answers.dto.js';
import { ExecuteCommand } from './execute-command.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

@ApiTags('commands')
@AllowedPerCommand()
@Controller('v1/commands')
export class CommandsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly access: CommandAccess,
  ) {}

  /** Sends a command. Under the same key the same command happens once, however often it is sent. */
  @Post(':name')
  @ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', pattern: KEY.source } })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'], description: 'only say what would happen' })
  @ApiCreatedResponse({ type: ReceiptDto })
  @ApiOkResponse({ type: DryRunDto, description: 'With `dryRun=true`.' })
  async send(
    @Caller() caller: Principal,
    @Param('name') name: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Query('dryRun') dryRun: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer['body']> {
    const parsed = parseCommand(name, body);
    if ('unknownCommand' in parsed) throw notFound('command-unknown', `There is no command ${JSON.stringify(name)}`);
    const problems = [...keyProblems(key), ...dryRunProblems(dryRun), ...('problems' in parsed ? parsed.problems : [])];
    if ('problems' in parsed || key === undefined || problems.length > 0) {
      this.access.mayAsk(caller, name);
      throw malformed(problems);
    }
    const { command } = parsed;
    const actor = this.access.actorFor(caller, command, key);
    const request = { commandId: key, command, actor, dryRun: dryRun === 'true' };
    const outcome = await this.bus.execute(new ExecuteCommand(request));
    const answer = answerTo(command.accountId, outcome);
    void reply.code(answer.status).headers({ ...answer.headers });
    return answer.body;
  }
}

const keyProblems = (key: string | undefined): readonly FieldProblem[] =>
  key !== undefined && KEY.test(key)
    ? []
    : [
        {
          field: 'Idempotency-Key',
          rule: 'key',
          message: 'send this header with 1 to 200 visible ASCII characters, a new key for every new command',
        },
      ];

const dryRunProblems = (dryRun: unknown): readonly FieldProblem[] =>
  dryRun === undefined || dryRun === 'true' || dryRun === 'false'
    ? []
    : [{ field: 'dryRun', rule: 'one-of', message: 'give "true" or "false", or leave it out' }];
