import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLostConnection, isUnavailable } from '../database/database-errors.ts';
import { type ErrorAnswer, expectedAnswer, faultAnswer } from './error-answer.ts';
import { FrontDoorError } from './front-door-error.ts';
import { codeOf, isClientGone, transportError } from './transport-errors.ts';

export interface PlainAnswers {
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** Bytes of a body that are read in this scope. */
  readonly bodyLimit: number;
  /** Refuses what may come from a page of somebody else. Left out: nothing. */
  readonly requireOwnHost?: (request: FastifyRequest) => void;
  /** Hears of every refusal, before it is sent. */
  readonly onRefusal?: (request: FastifyRequest, answer: ErrorAnswer) => void;
}

/**
 * Every request of the scope has an id in its answer, and whatever goes wrong is answered in Connect's form: a refusal
 * says what is wrong; what nobody expected says nothing but the id, under which the log has it.
 */
export function answerPlainly(
  scope: FastifyInstance,
  { log, bodyLimit, requireOwnHost, onRefusal }: PlainAnswers,
): void {
  scope.addHook('onRequest', async (request, reply) => {
    reply.header('x-amzn-requestid', request.id);
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    requireOneHost(request);
    requireOwnHost?.(request);
  });
  scope.setErrorHandler((error, request, reply) => {
    // Nobody is there any more; a stop that cuts somebody off closes the database next.
    const cutOff = isClientGone(error) || isUnavailable(error) || isLostConnection(error);
    if (cutOff && request.raw.socket.destroyed) return reply.send();
    const expected = expectedAnswer(error) ?? expectedAnswer(transportError(error, bodyLimit));
    if (expected) onRefusal?.(request, expected);
    else reportFailure(log, error, request.id, operationOf(request));
    return sendError(reply, expected ?? faultAnswer(error, request.id));
  });
}

/**
 * Node.js reads the first of several Host headers, a proxy in front may read the last, and a signature holds one: what
 * means two things to two readers is refused (RFC 9112, 3.2).
 */
function requireOneHost({ raw: { rawHeaders, httpVersion } }: FastifyRequest): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) {
    throw new FrontDoorError('MalformedHttpRequestException', 'The request has several Host headers: send one.');
  }
  if (hosts.length === 0 && httpVersion !== '1.0') {
    throw new FrontDoorError('MalformedHttpRequestException', 'The request has no Host header: send one.');
  }
}

export function sendError(reply: FastifyReply, { status, code, body, retryAfter }: ErrorAnswer): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return (
    reply
      .code(status)
      .header('x-amzn-errortype', code)
      .header('content-type', 'application/json')
      // An answer that was begun for a file has these of the file.
      .removeHeader('content-length')
      .removeHeader('content-encoding')
      .send(Buffer.from(body))
  );
}

export function reportFailure(log: PlainAnswers['log'], error: unknown, requestId: string, operation: string): void {
  const { name, stack } = error instanceof Error ? error : new Error(String(error));
  // Not the error itself: a database error carries the values of its statement.
  log.error({ requestId, operation, error: { name, code: codeOf(error), stack } }, 'an operation failed');
}

/** The operation's name; of another door its route. */
export function operationOf(request: FastifyRequest): string {
  const { config, url, method } = request.routeOptions;
  if ('operation' in config && typeof config.operation === 'string') return config.operation;
  return url === undefined ? 'none' : `${method} ${url}`;
}
