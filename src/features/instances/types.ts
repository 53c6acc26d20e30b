/** The request that made an instance, to know it again. */
export interface CreationRequest {
  readonly clientToken: string;
  readonly requestHash: string;
}
