/** How far a batch is. */
export class BatchDto {
  readonly batchId!: string;
  readonly begunAt!: string;
  /** Whether it is being carried out now. */
  readonly isRunning!: boolean;
  readonly items!: number;
  /** Accepted by the rules. */
  readonly done!: number;
  /** Refused by them, or sent under a key that another command has. */
  readonly refused!: number;
  /** Lines that are no command. */
  readonly malformed!: number;
  /** Not decided yet: sending the batch again under its id goes on with them. */
  readonly open!: number;
}
