import { type NamedKind, wordFor } from '../resources/resources.ts';

/**
 * The closed list of ways in which an operation can refuse. The names are those of the Amazon Connect service model;
 * every door (the API, the website, a batch's results) maps every one of them.
 */
export const errorCodes = [
  'AccessDeniedException',
  'ConditionalOperationFailedException',
  'ConflictException',
  'ContactFlowNotPublishedException',
  'DuplicateResourceException',
  'IdempotencyException',
  'InternalServiceException',
  'InvalidContactFlowException',
  'InvalidContactFlowModuleException',
  'InvalidParameterException',
  'InvalidRequestException',
  'LimitExceededException',
  'MaximumResultReturnedException',
  'ResourceConflictException',
  'ResourceInUseException',
  'ResourceNotFoundException',
  'ServiceQuotaExceededException',
  'ThrottlingException',
  'TooManyRequestsException',
  'UnsupportedOperationException',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An expected refusal. `message` is shown to the caller as it is: it says what is wrong and what to do, and holds no
 * inner detail. `members` are further members of the modelled error, such as ResourceInUseException's ResourceId.
 */
export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What the member Reason says, where one error has several causes that programs tell apart; no program reads messages. */
export type RefusalReason = 'CSRF_TOKEN_NOT_VALID' | 'NEXT_TOKEN_NOT_VALID';

/** A resource that the instance does not have. */
export function notFound(kind: NamedKind | 'instance', id: string): OperationError {
  return noSuch(wordFor(kind), id);
}

/** The same for what people call `word`. */
export function noSuch(word: string, id: string): OperationError {
  return new OperationError('ResourceNotFoundException', `There is no ${word} with the id ${id} in this instance.`);
}

export function invalidParameter(message: string): OperationError {
  return new OperationError('InvalidParameterException', message);
}

export function invalidRequest(message: string): OperationError {
  return new OperationError('InvalidRequestException', message);
}

export function accessDenied(message: string): OperationError {
  return new OperationError('AccessDeniedException', message);
}

export function duplicate(message: string): OperationError {
  return new OperationError('DuplicateResourceException', message);
}

/** The kinds of resources that ResourceInUseException knows (API Reference, ResourceType). */
export type ResourceInUseType =
  | 'CONTACT'
  | 'CONTACT_FLOW'
  | 'HIERARCHY_GROUP'
  | 'HIERARCHY_LEVEL'
  | 'INSTANCE'
  | 'PARTICIPANT'
  | 'PHONE_NUMBER'
  | 'USER';

/** With what is in the way, by its ARN. */
export function resourceInUse(message: string, type: ResourceInUseType, arn: string): OperationError {
  return new OperationError('ResourceInUseException', message, { ResourceType: type, ResourceId: arn });
}

/** A quota of the instance is reached. */
export function limitExceeded(message: string): OperationError {
  return new OperationError('LimitExceededException', message);
}
