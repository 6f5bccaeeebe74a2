import { parseCommand, type FieldProblem } from '@ledger/contract';
import { Body, Controller, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Receipt } from '@ledger/event-store';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../access/caller.js';
import { CommandAccess } from '../access/command-access.js';
import type { Principal } from '../access/principal.js';
import { malformed, notFound } from '../http/problem.js';
import { AllowedPerCommand } from '../http/roles.js';
import { answerTo } from './answer.js';
import { DryRunDto, ReceiptDto } from './answers.dto.js';
import { ExecuteCommand } from './execute-command.js';
import { Previews } from './previews.js';

const IF_MATCH = 'the ETag of a dry run of this very command: commits exactly what it showed, or answers 412';
const KEY_FOR = 'a new one for every new command; the same for the same command sent again';

const KEY = /^[\x21-\x7e]{1,200}$/;

@ApiTags('commands')
@AllowedPerCommand()
@Controller('v1/commands')
export class CommandsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly access: CommandAccess,
    private readonly previews: Previews,
  ) {}

  /** Sends a command. Under the same key the same command happens once, however often it is sent. */
  @Post(':name')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: KEY_FOR,
    schema: { type: 'string', pattern: KEY.source },
  })
  @ApiHeader({ name: 'If-Match', required: false, description: IF_MATCH, schema: { type: 'string' } })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'], description: 'only say what would happen' })
  @ApiCreatedResponse({ type: ReceiptDto })
  @ApiOkResponse({ type: DryRunDto, description: 'With `dryRun=true`.' })
  async send(
    @Caller() caller: Principal,
    @Param('name') name: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Query('dryRun') dryRun: unknown,
    @Req() { id: correlationId }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt | DryRunDto> {
    const parsed = parseCommand(name, body);
    if ('unknownCommand' in parsed) throw notFound('command-unknown', `There is no command ${JSON.stringify(name)}`);
    const problems = [
      ...keyProblems(key),
      ...dryRunProblems(dryRun, ifMatch),
      ...('problems' in parsed ? parsed.problems : []),
    ];
    if ('problems' in parsed || key === undefined || problems.length > 0) {
      this.access.mayAsk(caller, name);
      throw malformed(problems);
    }
    const { command } = parsed;
    const actor = this.access.actorFor(caller, command, key);
    const previewed = this.previews.wanted(command, ifMatch);
    const asked = { commandId: key, command, actor, correlationId, dryRun: dryRun === 'true' };
    const request = { ...asked, ...(previewed && { previewed }) };
    const outcome = await this.bus.execute(new ExecuteCommand(request));
    if (outcome.kind === 'dry-run') {
      const shown = this.previews.shown(command, outcome);
      void reply.code(200).header('ETag', `"${shown.fingerprint}"`);
      return shown;
    }
    if (outcome.kind === 'preview-stale') {
      if (!previewed) throw new Error('what was not previewed is stale');
      throw await this.previews.stale(command, previewed, outcome);
    }
    const answer = answerTo(outcome);
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

const dryRunProblems = (dryRun: unknown, ifMatch: string | undefined): readonly FieldProblem[] => {
  if (dryRun === 'true' && ifMatch !== undefined)
    return [{ field: 'If-Match', rule: 'not-with-dryRun', message: 'send it to commit, without dryRun=true' }];
  return dryRun === undefined || dryRun === 'true' || dryRun === 'false'
    ? []
    : [{ field: 'dryRun', rule: 'one-of', message: 'give "true" or "false", or leave it out' }];
};
