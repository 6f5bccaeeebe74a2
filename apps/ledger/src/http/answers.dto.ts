/** What any route may answer, as the OpenAPI document shows it. */
import type { Clause, RefusalName } from '@ledger/domain';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { LagDto } from '../service/projections.answers.dto.js';

/** One bad field of a malformed request. */
export class FieldProblemDto {
  /** Its path, `samples[3].day`. */
  readonly field!: string;
  readonly rule!: string;
  /** What to do. */
  readonly message!: string;
}

/** What went wrong: RFC 9457. */
export class ProblemDto {
  /** Names the kind of problem. */
  readonly type!: string;
  readonly title!: string;
  readonly status!: number;
  readonly detail?: string;
  /** Of a refusal. */
  @ApiPropertyOptional({ type: 'string' })
  readonly refusal?: RefusalName;
  /** Of a refusal: the clause that says so, `P-2.5`. */
  @ApiPropertyOptional({ type: 'string' })
  readonly clause?: Clause;
  /** Of a refusal: the values that the check saw. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly details?: object;
  /** Of a malformed request: every bad field. */
  @ApiPropertyOptional({ type: [FieldProblemDto] })
  readonly errors?: readonly FieldProblemDto[];
}

export class HealthDto {
  /** `degraded` while accounts wait for somebody because of an event that cannot be read, or while rows cannot be written. */
  readonly status!: 'ok' | 'degraded';
  /** Null while the read database cannot be asked. */
  readonly quarantinedAccounts!: number | null;
  /** `live`, `catching-up`, `standby` while another process projects, `waiting`, `stopped` or `starting`. */
  readonly projector!: string;
  readonly lag!: LagDto;
}

export class ReadyDto {
  readonly status!: 'ready';
  /** `ok`; `away` only in the problem that says why not. */
  readonly store!: 'ok' | 'away';
  readonly database!: 'ok' | 'away';
  /** Of the store: replicas that belong together all say the same. */
  readonly storeId!: string | null;
  readonly lag!: LagDto;
}
