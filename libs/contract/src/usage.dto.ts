import { OfAppDto } from './common.dto.js';
import { Field, Optional, Parts } from './decorators.js';
import { day, figure, id, type Body } from './kinds.js';

/** The figure of a local day, as far as known. */
export class SampleDto {
  @Field(id) readonly meter!: string;
  @Field(day) readonly day!: string;
  @Field(figure) readonly value!: number | string;
  @Optional() @Field(id) readonly region?: string | null;
}

/** One usage stream is one month: the samples go into one append. */
const ofOneMonth = {
  rule: 'one-month',
  message: 'give the samples of one calendar month only, and those of another in a command of their own',
  holds: (samples: readonly Body[]) => new Set(samples.map((sample) => String(sample['day']).slice(0, 7))).size === 1,
};

/** P-7 Several samples of a day: the highest counts. */
export class RecordUsageDto extends OfAppDto {
  @Parts(SampleDto, 1, 1000, ofOneMonth) readonly samples!: readonly SampleDto[];
}

/** P-7.9 Sets the figure of a day. */
export class CorrectUsageDto extends OfAppDto {
  @Field(id) readonly meter!: string;
  @Field(day) readonly day!: string;
  @Field(figure) readonly value!: number | string;
  @Optional() @Field(id) readonly region?: string | null;
}
