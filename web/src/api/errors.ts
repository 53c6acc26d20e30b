import { ApiError, noSession, unreachable } from './client.ts';

export interface Explanation {
  /** What happened, in a few words. */
  readonly header: string;
  /** What is wrong and what to do: the server's own words where it has them. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;
}

const headers: Readonly<Record<string, string>> = {
  AccessDeniedException: 'You may not do this',
  ConditionalOperationFailedException: 'This is not possible at present',
  ConflictException: 'This is not possible at present',
  DuplicateResourceException: 'That already exists',
  IdempotencyException: 'This was submitted already, with other records',
  InvalidParameterException: 'Something in the request is not valid',
  InvalidRequestException: 'The request is not possible',
  LimitExceededException: 'A limit of this instance is reached',
  ResourceConflictException: 'Somebody else has changed this at the same time',
  ResourceInUseException: 'It is still in use',
  ResourceNotFoundException: 'It does not exist (any more)',
  ServiceQuotaExceededException: 'A limit of this instance is reached',
  ThrottlingException: 'Too many requests',
  TooManyRequestsException: 'Too many requests',
  UnsupportedOperationException: 'This is not offered',
  [unreachable]: 'Cordboard cannot be reached',
};

const transient = new Set(['ThrottlingException', 'TooManyRequestsException', unreachable]);

/** The one translator from what was thrown to what people read. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof ApiError)) {
    return {
      header: 'Something went wrong',
      message: 'The website met an error of its own. Reload the page.',
      retry: true,
    };
  }
  if (error.code === noSession || error.code === 'ExpiredTokenException') {
    return { header: 'You are signed out', message: 'Your session has ended. Sign in again.', retry: false };
  }
  return {
    header: headers[error.code] ?? (error.status >= 500 ? 'The server met an error' : 'The request was refused'),
    message: inWords(error.message),
    retry: error.status >= 500 || transient.has(error.code),
  };
}

/** The members of operations in the words of the website's labels; the others are words as they are. */
const words: Readonly<Record<string, string>> = {
  AfterContactWorkTimeLimit: 'After contact work (ACW) timeout',
  ContactFlowId: 'Flow',
  DeskPhoneNumber: 'Desk phone number',
  Emails: 'The list',
  FirstName: 'First name',
  HierarchyGroupId: 'Agent hierarchy',
  InstanceAlias: 'Instance alias',
  LastName: 'Last name',
  PhoneNumber: 'Phone number',
  PhoneType: 'Phone type',
  QueueId: 'Queue',
  QuickConnectIds: 'The quick connects',
  RoutingProfileId: 'Routing profile',
  SecondaryEmail: 'Secondary email',
  SecurityProfileIds: 'Security profiles',
  UserId: 'User',
  UserIds: 'The list',
  Username: 'Login',
  Usernames: 'The list',
};

/** A message of the API, as people read it who see forms and lists and no members. */
export function inWords(message: string): string {
  return message.replaceAll(/[A-Za-z][\w.[\]]*/g, (token, at: number) => {
    const end = token.endsWith('.') ? '.' : '';
    const path = token.slice(0, token.length - end.length).split('.');
    const [name = ''] = (path.at(-1) ?? '').split('[', 1);
    const word = Object.hasOwn(words, name)
      ? words[name]
      : path.length > 1 && path[0] === 'IdentityInfo'
        ? name
        : undefined;
    if (word === undefined) return token;
    return `${at === 0 ? word : `${word.charAt(0).toLowerCase()}${word.slice(1)}`}${end}`;
  });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'ResourceNotFoundException';
}

export function isDenied(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'AccessDeniedException';
}

/** A NextToken that its list does not take (any more). */
export function isStalePageToken(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'NEXT_TOKEN_NOT_VALID';
}

/**
 * The field that a refusal speaks of: messages on input begin with the member's name ("Email must be …").
 * `members` are the operation's member names and the form's field for each.
 */
export function fieldOf<F extends string>(error: unknown, members: Readonly<Record<string, F>>): F | null {
  if (!(error instanceof ApiError)) return null;
  const subject = /^[A-Za-z0-9_.[\]{}]+/.exec(error.message)?.[0] ?? '';
  const names = subject.split('.').map((part) => part.split(/[[{]/, 1)[0] ?? '');
  for (const name of names.reverse()) {
    const field = members[name];
    if (field) return field;
  }
  if (error.code === 'DuplicateResourceException') return members.Username ?? members.Name ?? null;
  return null;
}
