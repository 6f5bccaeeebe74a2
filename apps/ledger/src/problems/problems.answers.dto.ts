/** The pages of the problems, as the OpenAPI document shows them. */
import type { Clause } from '@ledger/domain';
import { ApiProperty } from '@nestjs/swagger';

export class ClauseDto {
  @ApiProperty({ type: 'string' })
  readonly id!: Clause;
  /** As docs/pricing.md has it. */
  readonly text!: string;
}

export class ProblemPageDto {
  /** What a problem document of this kind has as its `type`. */
  readonly type!: string;
  readonly title!: string;
  readonly status!: number;
  readonly meaning!: string;
  readonly whatToDo!: string;
  /** Of a refusal: what says so. */
  @ApiProperty({ type: ClauseDto, nullable: true })
  readonly clause!: ClauseDto | null;
  /** The commands that can be refused with it. */
  @ApiProperty({ type: [String] })
  readonly commands!: readonly string[];
}

export class ProblemPagesDto {
  @ApiProperty({ type: [ProblemPageDto] })
  readonly problems!: readonly ProblemPageDto[];
}
