import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../operations/define-operation.ts';
import { OperationError } from '../operations/errors.ts';
import type { Run } from '../operations/runner.ts';
import { type Authenticated, type Authenticators, authenticate } from './authenticate.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { decodeRequest, splitUrl } from './decode-request.ts';
import { encodeResponse } from './encode-response.ts';
import { asModelled, expectedAnswer, faultAnswer } from './error-answer.ts';
import { isFileAnswer, sendFile } from './file-answer.ts';
import { FrontDoorError } from './front-door-error.ts';
import { model } from './model.generated.ts';
import { methodsFor, type Route, routeTable } from './route-table.ts';
import type { Throttle } from './throttle.ts';
import { codeOf, isClientGone, transportError } from './transport-errors.ts';

export interface ConnectApiOptions extends Authenticators {
  readonly operations: readonly Operation[];
  readonly run: Run;
  /** Unset: no limits. */
  readonly throttle?: Throttle;
  readonly log?: Pick<FastifyBaseLogger, 'error'>;
  /** Refuse to send a member that the shape does not have, instead of leaving it out. On in tests. */
  readonly strict?: boolean;
}

/** 100,000 ids of a user batch are about 4 MB, the same number of ARNs about 15 MB. */
export const bodyLimit = 16 * 1024 * 1024;

/** What is known of a request from its beginning, for its answer and for the log. */
interface Arrival {
  readonly requestId: string;
  readonly authenticated: Authenticated | null;
}

const arrivalKey = 'connectApiArrival';
const nobody = new Uint8Array();

/**
 * Connect's API: every operation of the model and the extensions, in a scope of its own, so that other doors of the same
 * server keep their own parsers and error pages. Unknown paths of the whole server are answered here.
 */
export async function registerConnectApi(app: FastifyInstance, options: ConnectApiOptions): Promise<void> {
  const routes = routeTable(options.operations, model);
  const log = options.log ?? app.log;
  const strict = options.strict ?? process.env.NODE_ENV === 'test';

  const report = (error: unknown, requestId: string, operation: string) => {
    const { name, stack } = error instanceof Error ? error : new Error(String(error));
    // Not the error itself: a database error carries the values of its statement.
    log.error({ requestId, operation, error: { name, code: codeOf(error), stack } }, 'an operation failed');
  };

  await app.register(async (scope) => {
    scope.decorateRequest(arrivalKey, null);
    scope.removeAllContentTypeParsers();
    // Raw bytes whatever the content type: the signature covers them, and SDKs send application/x-amz-json too.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));

    scope.addHook('onRequest', async (request, reply) => {
      const requestId = randomUUID();
      request.setDecorator<Arrival>(arrivalKey, { requestId, authenticated: null });
      reply.header('x-amzn-requestid', requestId);
      reply.header('cache-control', 'no-store');
      reply.header('x-content-type-options', 'nosniff');
    });

    scope.setErrorHandler((error, request, reply) => {
      const { requestId } = request.getDecorator<Arrival>(arrivalKey);
      if (isClientGone(error) && request.raw.socket.destroyed) return reply.send();
      const expected = expectedAnswer(error) ?? expectedAnswer(transportError(error));
      if (!expected) report(error, requestId, nameOf(request));
      const answer = expected ?? faultAnswer(error, requestId);
      if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
      return reply
        .code(answer.status)
        .header('x-amzn-errortype', answer.code)
        .header('content-type', 'application/json')
        .send(Buffer.from(answer.body));
    });

    scope.setNotFoundHandler((request, reply) => {
      const methods = methodsFor(routes, splitUrl(request.raw.url ?? '')[0]);
      if (methods.length === 0) {
        throw new FrontDoorError(
          'UnknownOperationException',
          'No operation has this path. Check the endpoint and the path.',
        );
      }
      reply.header('allow', [...methods, 'OPTIONS'].join(', '));
      if (request.method === 'OPTIONS') return reply.code(204).send();
      throw new FrontDoorError(
        'UnknownOperationException',
        `No operation has this path with the method ${request.method}; it is known with ${methods.join(', ')}.`,
        405,
      );
    });

    for (const route of routes) {
      scope.route({
        method: route.http.method,
        url: route.http.uri.replace(/\{(\w+)\}/g, ':$1'),
        exposeHeadRoute: false,
        config: { operation: route.name },
        onRequest: async (request) => {
          const { requestId } = request.getDecorator<Arrival>(arrivalKey);
          const authenticated = await authenticate(request, options);
          request.setDecorator<Arrival>(arrivalKey, { requestId, authenticated });
        },
        handler: (request, reply) => handle(route, request, reply),
      });
    }
  });

  async function handle(route: Route, request: FastifyRequest, reply: FastifyReply) {
    const { requestId, authenticated } = request.getDecorator<Arrival>(arrivalKey);
    if (!authenticated) throw new Error('a request that nobody authenticated');
    const body = Buffer.isBuffer(request.body) ? request.body : nobody;
    authenticated.verify(body);
    await authenticated.used();
    const { caller, region } = authenticated;
    // The website is not a client of AWS's quotas, and extensions are not AWS's operations.
    const metered = caller.kind === 'ACCESS_KEY' && !route.offered?.operation.extension;
    if (metered && options.throttle?.(region, route.name) === false) {
      throw new OperationError('TooManyRequestsException', 'Too many requests for this operation. Wait and try again.');
    }
    const { offered } = route;
    if (!offered) {
      throw new OperationError(
        'UnsupportedOperationException',
        `Cordboard knows the operation ${route.name} of Amazon Connect but does not offer it.`,
      );
    }
    const input = decodeRequest(offered, { url: request.raw.url ?? '/', headers: request.headers, body });
    const call = { operation: offered.operation, input, caller, region, requestId };
    const output = await options.run(call).catch((error: unknown) => {
      throw asModelled(offered.refusal, error);
    });
    reply.code(offered.http.status);
    return answer(offered, output, reply, (error) => report(error, requestId, route.name));
  }

  function answer(
    offered: CompiledOperation,
    output: unknown,
    reply: FastifyReply,
    onFailure: (error: unknown) => void,
  ) {
    if (offered.output === 'FILE') {
      if (!isFileAnswer(output)) throw new Error(`${offered.operation.name} must answer with a file.`);
      return sendFile(reply, output, onFailure);
    }
    const { body, headers } = encodeResponse(offered.output, output, strict);
    return reply.headers({ ...headers, 'content-type': 'application/json' }).send(Buffer.from(body));
  }
}

function nameOf(request: FastifyRequest): string {
  const { config } = request.routeOptions;
  return 'operation' in config && typeof config.operation === 'string' ? config.operation : 'none';
}
