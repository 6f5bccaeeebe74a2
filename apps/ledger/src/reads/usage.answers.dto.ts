/** The answer about an app's usage of a month, as the OpenAPI document shows it. */
import type { BillLine, MeterView, UsageDay, UsageView } from '@ledger/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ShareDto } from './accounts.answers.dto.js';

const FIGURE = { oneOf: [{ type: 'integer' }, { type: 'string' }] };

export class UsageDayDto implements UsageDay {
  readonly day!: string;
  @ApiProperty(FIGURE)
  readonly value!: UsageDay['value'];
  /** Set by a correction: later samples do not change it. */
  readonly corrected!: boolean;
  /** Of the event in the usage stream that says so. */
  readonly revision!: string;
}

export class MeterDto implements MeterView {
  readonly meter!: string;
  readonly region!: string | null;
  @ApiProperty({ type: [UsageDayDto] })
  readonly days!: readonly UsageDayDto[];
  /** The highest day, the first of equals, with the event that witnesses it. */
  @ApiProperty({ type: UsageDayDto })
  readonly peak!: UsageDayDto;
}

/** A line as the bill would have it now; those without units are within the free quota. */
export class ChargeDto implements BillLine {
  readonly appId!: string;
  readonly meter!: string;
  @ApiPropertyOptional()
  readonly region?: string;
  @ApiProperty(FIGURE)
  readonly figure!: BillLine['figure'];
  @ApiPropertyOptional()
  readonly peakDay?: string;
  readonly free!: number;
  /** Above what is free. */
  @ApiProperty(FIGURE)
  readonly units!: BillLine['units'];
  readonly unitPrice!: string;
  readonly book!: string;
  readonly package!: string;
  @ApiProperty({ type: ShareDto })
  readonly share!: ShareDto;
  readonly amount!: string;
}

export class UsageDto implements UsageView {
  readonly appId!: string;
  readonly accountId!: string;
  readonly month!: string;
  /** The usage stream, in which the revisions are. */
  readonly stream!: string;
  /** Whether the bill of the month has been drawn up. */
  readonly settled!: boolean;
  @ApiProperty({ type: [MeterDto] })
  readonly meters!: readonly MeterDto[];
  /** Of a month that is not over: as if nothing else happened until its end. */
  @ApiProperty({ type: [ChargeDto] })
  readonly charges!: readonly ChargeDto[];
  readonly total!: string;
}
