/** How much may be unfinished of one requester. */
export interface BatchLimits {
  readonly batches: number;
  readonly records: number;
}

export const defaultBatchLimits: BatchLimits = { batches: 20, records: 500_000 };
