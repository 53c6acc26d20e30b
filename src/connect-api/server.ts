import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, identityOf } from '../operations/caller.ts';
import type { Operation } from '../operations/define-operation.ts';
import { OperationError } from '../operations/errors.ts';
import type { OperationCall, Run } from '../operations/operation-call.ts';
import { type Authenticated, type Authenticators, authenticate, signedParts } from './authenticate.ts';
import { createBodyRoom } from './body-room.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { decodeRequest, splitUrl } from './decode-request.ts';
import { encodeResponse } from './encode-response.ts';
import { asModelled } from './error-answer.ts';
import {
  createFilePlaces,
  defaultFileLimits,
  type FileLimits,
  isFileAnswer,
  isStoredFile,
  sendFile,
  sendStoredFile,
} from './file-answer.ts';
import { FrontDoorError } from './front-door-error.ts';
import { model } from './model.generated.ts';
import { answerPlainly, operationOf, reportFailure } from './plain-answers.ts';
import { methodsFor, type Route, routeTable } from './route-table.ts';
import { isSigned } from './sigv4.ts';
import { takenBytes } from './taken-bytes.ts';
import type { Throttle } from './throttle.ts';

export interface ConnectApiOptions extends Authenticators {
  readonly operations: readonly Operation[];
  readonly run: Run;
  /** Unset: no limits. */
  readonly throttle?: Throttle;
  /** Bytes of large bodies that may lie in memory at the same time. That of the settings' default if left out. */
  readonly bodyRoom?: number;
  /** Those of the settings' defaults if left out. */
  readonly fileLimits?: FileLimits;
  readonly log?: Pick<FastifyBaseLogger, 'error'>;
  /** Refuses what may come from a page of somebody else, where it is not signed. Left out: nothing. */
  readonly requireOwnHost?: (request: FastifyRequest) => void;
  /** Hears of every call of an operation that is denied, by its signature, its session or its permissions. */
  readonly onDenied?: (denial: Denial) => void;
  /** Refuse to send a member that the shape does not have, instead of leaving it out. On in tests. */
  readonly strict?: boolean;
}

export interface Denial {
  readonly request: FastifyRequest;
  /** Null as long as it is not certain. */
  readonly caller: Caller | null;
  readonly operation: string;
  /** The error's name. */
  readonly code: string;
}

const denials: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** 100,000 ids of a user batch are about 4 MB, the same number of ARNs about 15 MB. */
export const bodyLimit = 16 * 1024 * 1024;

const defaultBodyRoom = 64 * 1024 * 1024;

/** Who asks, known from the beginning of the request. */
const authenticatedKey = 'connectApiAuthenticated';
/** Who it certainly is: the signature is good, too. */
const callerKey = 'connectApiCaller';
/** Of the routes that take bytes. */
const bytesKey = 'takesBytes';
const nobody = new Uint8Array();

/**
 * Connect's API: every operation of the model and the extensions, in a scope of its own, so that other doors of the same
 * server keep their own parsers and error pages. Unknown paths of the whole server are answered here.
 */
export async function registerConnectApi(app: FastifyInstance, options: ConnectApiOptions): Promise<void> {
  const routes = routeTable(options.operations, model);
  const log = options.log ?? app.log;
  const fileLimits = options.fileLimits ?? defaultFileLimits;
  const throughRoom = createBodyRoom(options.bodyRoom ?? defaultBodyRoom);
  const takeFilePlace = createFilePlaces(fileLimits);
  const strict = options.strict ?? process.env.NODE_ENV === 'test';

  await app.register(async (scope) => {
    scope.decorateRequest(authenticatedKey, null);
    scope.decorateRequest(callerKey, null);
    answerPlainly(scope, {
      log,
      bodyLimit,
      // Whoever signs has a key, and has signed the Host with it.
      requireOwnHost: (request) => {
        if (!isSigned(signedParts(request))) options.requireOwnHost?.(request);
      },
      onRefusal: (request, { code }) => {
        if (!denials.has(code)) return;
        const caller = request.getDecorator<Caller | null>(callerKey);
        options.onDenied?.({ request, caller, operation: operationOf(request), code });
      },
    });
    // Bytes that are written away as they come take no room.
    scope.addHook('preParsing', async (request, reply, body) =>
      bytesKey in request.routeOptions.config ? body : throughRoom(request, reply, body),
    );
    scope.removeAllContentTypeParsers();
    // Raw bytes whatever the content type: the signature covers them, and SDKs send application/x-amz-json too.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));

    // Before the body is read, which is nobody's.
    scope.addHook('onRequest', async (request, reply) => (request.is404 ? refuseUnknown(request, reply) : undefined));
    scope.setNotFoundHandler((request, reply) => refuseUnknown(request, reply));
    const refuseUnknown = (request: FastifyRequest, reply: FastifyReply) => {
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
    };

    const offer = (on: FastifyInstance, route: Route) =>
      on.route({
        method: route.offered?.output === 'STORED_FILE' ? [route.http.method, 'HEAD'] : route.http.method,
        url: route.http.uri.replace(/\{(\w+)\}/g, ':$1'),
        exposeHeadRoute: false,
        config: { operation: route.name, ...(route.offered?.mostBytes && { [bytesKey]: true }) },
        onRequest: async (request) => {
          request.setDecorator<Authenticated | null>(authenticatedKey, await authenticate(request, options));
        },
        handler: (request, reply) => handle(route, request, reply),
      });
    const takesBytes = (route: Route) => route.offered !== null && route.offered.mostBytes !== null;
    for (const route of routes.filter((one) => !takesBytes(one))) offer(scope, route);
    await scope.register(async (uploads) => {
      uploads.removeAllContentTypeParsers();
      uploads.addContentTypeParser('*', (_request, body, done) => done(null, body));
      for (const route of routes.filter(takesBytes)) offer(uploads, route);
    });
  });

  async function handle(route: Route, request: FastifyRequest, reply: FastifyReply) {
    const authenticated = request.getDecorator<Authenticated | null>(authenticatedKey);
    if (!authenticated) throw new Error('a request that nobody authenticated');
    const mostBytes = route.offered?.mostBytes ?? null;
    const body = Buffer.isBuffer(request.body) ? request.body : nobody;
    if (mostBytes === null) authenticated.verify(body);
    const bytes = mostBytes === null ? null : takenBytes(request, mostBytes, authenticated.verifyDeclared());
    request.setDecorator<Caller | null>(callerKey, authenticated.caller);
    await authenticated.used();
    const { caller, region } = authenticated;
    const { offered } = route;
    if (!offered) {
      throw new OperationError(
        'UnsupportedOperationException',
        `Cordboard knows the operation ${route.name} of Amazon Connect but does not offer it.`,
      );
    }
    const input = decodeRequest(offered, { url: request.raw.url ?? '/', headers: request.headers, body });
    const call = {
      operation: offered.operation,
      input,
      caller,
      region,
      requestId: request.id,
      ...(bytes && { bytes }),
      onAllowed: meterOf(offered.operation, authenticated),
    };
    if (offered.output === 'FILE' || offered.output === 'STORED_FILE')
      return answerWithFile(offered, call, request, reply);
    const output = await run(offered, call);
    reply.code(offered.http.status);
    const { body: text, headers } = encodeResponse(offered.output, output, strict);
    return reply.headers({ ...headers, 'content-type': 'application/json' }).send(Buffer.from(text));
  }

  /** Counts a request once it is allowed: whoever is denied takes nothing of the rate that others share. */
  function meterOf({ name, extension }: Operation, { caller, region }: Authenticated): () => void {
    // The website is not a client of AWS's quotas, and extensions are not AWS's operations.
    const { throttle } = options;
    let counted = caller.kind !== 'ACCESS_KEY' || extension !== null || !throttle;
    return () => {
      // A transaction that is run again is the same request.
      if (counted) return;
      counted = true;
      if (throttle?.(region, name) === false) {
        throw new OperationError(
          'TooManyRequestsException',
          'Too many requests for this operation. Wait and try again.',
        );
      }
    };
  }

  const run = (offered: CompiledOperation, call: OperationCall) =>
    options.run(call).catch((error: unknown) => {
      throw asModelled(offered, error);
    });

  async function answerWithFile(
    offered: CompiledOperation,
    call: OperationCall,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const giveBack = takeFilePlace(identityOf(call.caller).id);
    try {
      const output = await run(offered, call);
      const report = (error: unknown) => reportFailure(log, error, call.requestId, call.operation.name);
      if (isStoredFile(output)) {
        return await sendStoredFile(request, reply, output, fileLimits, report).catch((error: unknown) => {
          throw asModelled(offered, error);
        });
      }
      if (!isFileAnswer(output)) throw new Error(`${offered.operation.name} must answer with a file.`);
      reply.code(offered.http.status);
      return await sendFile(reply, output, fileLimits, report);
    } finally {
      giveBack();
    }
  }
}
