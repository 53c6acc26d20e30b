/**
 * What the website calls, typed by the declarations of the server. Types only: nothing of the server comes into the bundle
 * from here.
 */
import type { PermissionId } from '../../../src/access/permissions.ts';
import type { PasswordRequest, SessionsAnswer } from '../../../src/console/account.ts';
import type { SessionAnswer, SignInRequest } from '../../../src/console/server.ts';
import type { EndOfSession } from '../../../src/features/sessions/store.ts';
import type { InputOf, OperationName, OutputOf } from '../../../src/operations.ts';

export type {
  EndOfSession,
  OperationName,
  OutputOf,
  PasswordRequest,
  PermissionId,
  SessionAnswer,
  SessionsAnswer,
  SignInRequest,
};

/** What is given of a call: the instance is always the signed-in user's. */
export type InputTo<Name extends OperationName> = Omit<InputOf<Name>, 'InstanceId'>;

/** How an operation travels. */
export interface Call {
  readonly method: string;
  /** With `{Label}` placeholders. */
  readonly uri: string;
  /** The members that are query parameters, with their names there. */
  readonly query?: Readonly<Record<string, string>>;
  /** Not in the path, as with Connect's searches. */
  readonly instanceInBody?: true;
}
