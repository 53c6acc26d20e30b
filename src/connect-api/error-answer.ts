import { isUnavailable } from '../database/database-errors.ts';
import { type ErrorCode, OperationError } from '../operations/errors.ts';
import { FrontDoorError } from './front-door-error.ts';

/** What the model says of each error that an operation may answer with. */
export const operationStatus = {
  AccessDeniedException: 403,
  ConditionalOperationFailedException: 409,
  ConflictException: 409,
  ContactFlowNotPublishedException: 404,
  DuplicateResourceException: 409,
  IdempotencyException: 409,
  InternalServiceException: 500,
  InvalidContactFlowException: 400,
  InvalidContactFlowModuleException: 400,
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  LimitExceededException: 429,
  MaximumResultReturnedException: 400,
  ResourceConflictException: 409,
  ResourceInUseException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
  // Not in the model. 501 is the status that no AWS SDK retries.
  UnsupportedOperationException: 501,
} satisfies Record<ErrorCode, number>;

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  /** JSON: `__type`, `Message`, and what else the modelled error has. */
  readonly body: string;
  /** When the same may go well, in seconds. */
  readonly retryAfter?: number;
}

/** Some of Connect's operations have one error for every bad request: what a handler says of a value goes by that name. */
export function asModelled(
  { refusal, absence }: { readonly refusal: ErrorCode; readonly absence: ErrorCode },
  error: unknown,
): unknown {
  if (!(error instanceof OperationError)) return error;
  const codes: Partial<Record<ErrorCode, ErrorCode>> = {
    InvalidParameterException: refusal,
    ResourceNotFoundException: absence,
  };
  const code = codes[error.code] ?? error.code;
  return code === error.code ? error : new OperationError(code, error.message, error.members);
}

/** The answer to a refusal, or null for an error that nobody expected. */
export function expectedAnswer(error: unknown): ErrorAnswer | null {
  if (error instanceof OperationError) {
    return errorAnswer(operationStatus[error.code], error.code, error.message, error.members);
  }
  return error instanceof FrontDoorError ? errorAnswer(error.status, error.code, error.message, error.members) : null;
}

/** For an error of our side that nobody expected, or that passes: says no more than the caller can use. */
export function faultAnswer(error: unknown, requestId: string): ErrorAnswer {
  return isUnavailable(error) ? unavailableAnswer(requestId) : internalAnswer(requestId);
}

/** Every AWS SDK sends the request again after this. */
function unavailableAnswer(requestId: string): ErrorAnswer {
  const message = `Cordboard cannot use its database at the moment. Try again. The request id is ${requestId}.`;
  return { ...errorAnswer(503, 'ServiceUnavailableException', message), retryAfter: 1 };
}

/** For what went wrong on our side: says nothing but that, and the id under which the log has it. */
function internalAnswer(requestId: string): ErrorAnswer {
  const message = `Cordboard could not answer this request because of an error on its side. The request id is ${requestId}.`;
  return errorAnswer(500, 'InternalServiceException', message);
}

export function errorAnswer(
  status: number,
  code: string,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): ErrorAnswer {
  return { status, code, body: JSON.stringify({ ...members, __type: code, Message: message }) };
}
