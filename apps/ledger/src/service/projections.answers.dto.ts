import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How far the rows are behind the store. */
export class LagDto {
  /** Estimated while rows are written; null when the store does not say where it ends. */
  readonly events!: number | null;
  /** The age of the newest event in the rows; null when there is none. */
  readonly seconds!: number | null;
}

/** One version of the tables. */
export class ProjectionDto {
  readonly version!: number;
  /** Whether readers see it; another one is being filled. */
  readonly isServed!: boolean;
  readonly position!: string | null;
  readonly events!: number;
  /** Whether it has been through with what the store held when it began. */
  readonly caughtUp!: boolean;
  readonly lastRecordedAt!: string | null;
}

export class ProjectionsDto {
  /** `live`, `catching-up`, `standby` while another process projects, `waiting`, `stopped` or `starting`. */
  readonly projector!: string;
  /** Why it waits or has stopped. */
  @ApiPropertyOptional({ type: 'string' })
  readonly reason?: string;
  readonly lag!: LagDto;
  @ApiProperty({ type: [ProjectionDto] })
  readonly projections!: readonly ProjectionDto[];
  readonly quarantinedAccounts!: number;
}

export class RetriedDto {
  /** `goes-on`, `still-quarantined` or `not-quarantined`. */
  readonly outcome!: string;
}
