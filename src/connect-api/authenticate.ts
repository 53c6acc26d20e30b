import type { FastifyRequest } from 'fastify';
import type { Caller, UserCaller } from '../operations/caller.ts';
import { OperationError, type RefusalReason } from '../operations/errors.ts';
import { FrontDoorError } from './front-door-error.ts';
import { type FindAccessKey, isSigned, openSignature } from './sigv4.ts';

/** Who asks, and where. A signature still has to be compared with the body. */
export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
  /** @throws FrontDoorError when the body is not the one that was signed. */
  verify(body: Uint8Array): void;
  /** For a body that is read later. @returns the hash that it must have; null: any. @throws FrontDoorError */
  verifyDeclared(): string | null;
  /** To be called when `verify` did not throw. */
  used(): Promise<void>;
}

/** The signed-in user behind a request of the website, why there is none, or null when it carries no session. */
export type AuthenticateSession = (
  request: FastifyRequest,
) => Promise<{ caller: UserCaller; region: string } | { refusal: 'CSRF' | 'EXPIRED' | 'IDLE' | 'ENDED' } | null>;

export interface Authenticators {
  readonly findAccessKey: FindAccessKey;
  readonly authenticateSession?: AuthenticateSession;
  readonly now: () => Date;
}

export const signedParts = ({ method, raw, headers }: FastifyRequest) => ({ method, url: raw.url ?? '/', headers });

/**
 * Everything that can be known before the body is read, so that a stranger's 16 MiB are not.
 * @throws FrontDoorError, or OperationError AccessDeniedException for a missing CSRF token
 */
export async function authenticate(request: FastifyRequest, options: Authenticators): Promise<Authenticated> {
  const signed = signedParts(request);
  if (isSigned(signed)) return openSignature(signed, options.findAccessKey, options.now());
  const session = await options.authenticateSession?.(request);
  if (session && 'caller' in session)
    return { ...session, verify: () => undefined, verifyDeclared: () => null, used: async () => undefined };
  if (session?.refusal === 'CSRF') {
    throw new OperationError(
      'AccessDeniedException',
      'The header x-csrf-token is missing or not that of the session. Reload the page.',
      { Reason: 'CSRF_TOKEN_NOT_VALID' satisfies RefusalReason },
    );
  }
  if (session) {
    throw new FrontDoorError('ExpiredTokenException', 'The session has ended. Sign in again.', undefined, {
      Reason: session.refusal,
    });
  }
  if (request.headers.authorization !== undefined) {
    throw new FrontDoorError(
      'IncompleteSignatureException',
      'The Authorization header must begin with AWS4-HMAC-SHA256.',
    );
  }
  throw new FrontDoorError(
    'MissingAuthenticationTokenException',
    'The request is not signed. Sign it with an access key (SigV4, service connect), or sign in on the website.',
  );
}
