/**
 * Refusals before any operation is reached, with AWS's names for them (API Reference: Common errors).
 * Status codes are what AWS sends; 401 is ours, for a session of the website that has ended.
 */
export const frontDoorStatus = {
  ExpiredTokenException: 401,
  IncompleteSignatureException: 400,
  InvalidSignatureException: 403,
  MalformedHttpRequestException: 400,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  RequestHeaderSectionTooLargeException: 431,
  RequestTimeoutException: 408,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  UnsupportedMediaTypeException: 415,
} as const;

export type FrontDoorCode = keyof typeof frontDoorStatus;

export class FrontDoorError extends Error {
  override readonly name = 'FrontDoorError';
  readonly code: FrontDoorCode;
  readonly status: number;

  /**
   * @param status only where it is not the code's own
   * @param members what programs are told beside it
   */
  constructor(
    code: FrontDoorCode,
    message: string,
    status: number = frontDoorStatus[code],
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
