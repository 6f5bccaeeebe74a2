import { bundleOf, compareHead, headsFile, headsOf, type ReadStream, type StreamHead } from '@ledger/audit';
import { isId } from '@ledger/contract';
import { storeId, type EventStore } from '@ledger/event-store';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { malformed, notFound } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Away } from '../reads/away.js';
import { Clock } from '../service/clock.js';
import { Ending } from '../service/ending.js';
import { EVENT_STORE } from '../service/tokens.js';
import { answerFile } from './answer-file.js';
import { HeadDifferencesDto, KnownKeysDto, StreamHeadDto } from './proof.answers.dto.js';
import { SigningKeys } from './signing-keys.js';

const SEALED = { content: { 'application/jsonl': {} } };
const MOST_HEADS = 500;

/** What the service signs, for those who prove it elsewhere. docs/evidence-bundle.md */
@ApiTags('audit')
@AllowedFor('auditor')
@UseInterceptors(Away)
@Controller('v1')
export class EvidenceController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly keys: SigningKeys,
    private readonly ending: Ending,
  ) {}

  /** Every event of an account's streams, the price books used and the state they lead to, signed. */
  @Get('accounts/:id/bundle')
  @ApiOkResponse({ ...SEALED, description: 'A sealed file, `ledger-evidence/1`.' })
  async bundle(@Param('id') accountId: string, @Res() reply: FastifyReply): Promise<void> {
    const key = this.keys.inUse();
    const read: ReadStream = (stream) => this.store.read(stream, { requiresLeader: true });
    const at = this.clock.instant();
    const id = await storeId(this.store);
    const lines = isId(accountId) ? await bundleOf({ read, accountId, storeId: id, at, key }) : null;
    if (!lines) throw notFound('account-unknown', `There is no account ${JSON.stringify(accountId)}`);
    await answerFile(reply, this.ending.signal, { name: `${accountId}.bundle.jsonl`, lines });
  }

  /** The public keys that bundles and heads are proved by, retired ones too; the one in use last. */
  @Get('audit/keys')
  @ApiOkResponse({ type: KnownKeysDto })
  publicKeys(): KnownKeysDto {
    return { keys: this.keys.known() };
  }

  /** Where every stream stands now, signed. */
  @Get('audit/heads')
  @ApiOkResponse({ ...SEALED, description: 'A sealed file, `ledger-heads/1`.' })
  async heads(@Res() reply: FastifyReply): Promise<void> {
    const key = this.keys.inUse();
    const at = this.clock.instant();
    const id = await storeId(this.store);
    const gone = new AbortController();
    reply.raw.on('close', () => gone.abort());
    const heads = await headsOf(this.store, AbortSignal.any([gone.signal, this.ending.signal]));
    await answerFile(reply, this.ending.signal, {
      name: 'heads.jsonl',
      lines: headsFile(heads, { storeId: id, at, key }),
    });
  }

  /** Whether streams still hold what a list of heads says of them; at most 500 at once. */
  @Post('audit/heads/compare')
  @HttpCode(200)
  @ApiBody({
    schema: {
      type: 'object',
      required: ['heads'],
      properties: {
        heads: { type: 'array', maxItems: MOST_HEADS, items: { $ref: '#/components/schemas/StreamHeadDto' } },
      },
    },
  })
  @ApiOkResponse({ type: HeadDifferencesDto })
  async compare(@Body() body: unknown): Promise<HeadDifferencesDto> {
    const differences = await Promise.all(headsIn(body).map((head) => compareHead(this.store, head)));
    return { differences: differences.filter((difference) => difference !== null) };
  }
}

const headsIn = (body: unknown): readonly StreamHead[] => {
  const { heads }: { readonly heads?: unknown } = Object(body);
  if (Array.isArray(heads) && heads.length <= MOST_HEADS && heads.every(isHead)) return heads;
  const message = `Give a list of at most ${MOST_HEADS} objects with stream, revision and chain, as a list of heads has them.`;
  throw malformed([{ field: 'heads', rule: 'heads', message }]);
};

const isHead = (value: unknown): value is StreamHeadDto => {
  const { stream, revision, chain }: { readonly [name: string]: unknown } = Object(value);
  return (
    typeof stream === 'string' &&
    /^(?:account|usage|claim)-[A-Za-z0-9_-]{1,80}$/.test(stream) &&
    typeof revision === 'string' &&
    /^\d{1,18}$/.test(revision) &&
    typeof chain === 'string' &&
    /^[0-9a-f]{64}$/.test(chain)
  );
};
