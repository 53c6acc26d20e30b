import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorAnswer, errorAnswer, expectedAnswer } from './error-answer.ts';
import { FrontDoorError } from './front-door-error.ts';
import { isClientGone, transportError } from './transport-errors.ts';
import { closeOnceHeard, lingerOverUnreadBodies } from './unread-bodies.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * What only the server as a whole can be told; spread into `Fastify({ … })`.
 * @param headers of every answer, also of those that no route gives
 */
export function connectApiServerOptions(headers: Headers = {}) {
  return {
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    // ARNs travel as path labels; Fastify's own limit of 100 characters answers 414.
    routerOptions: { maxParamLength: 2048, ignoreTrailingSlash: true },
    // Without it, a client that sends a byte now and then holds its connection for ever.
    requestTimeout: 120_000,
    // Refused in our own words.
    http: { requireHostHeader: false },
    /** A path that the router cannot read: no route, and so no error handler, is known yet. */
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const answer = answerTo(error);
      reply
        .code(answer.status)
        .headers(headersOf(answer, request.id, headers))
        .send(Buffer.from(answer.body));
    },
    /** Bytes that Node.js cannot read as a request: there is only the socket to answer on. */
    clientErrorHandler: (error: Error, socket: Socket) => {
      if (isClientGone(error) || !socket.writable) {
        socket.destroy();
        return;
      }
      socket.write(textOf(answerTo(error), headers));
      closeOnceHeard(socket);
    },
  };
}

/** What Node.js would answer itself, or not at all. */
export function answerForNode(server: Server, headers: Headers = {}): void {
  lingerOverUnreadBodies(server);
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(expectation.status, headersOf(expectation, randomUUID(), headers)).end(expectation.body);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => undefined).end(textOf(tunnel, headers));
  });
}

const refused = (message: string, status?: number): ErrorAnswer => {
  const { status: code, ...error } = new FrontDoorError('MalformedHttpRequestException', message, status);
  return errorAnswer(code, error.code, message);
};
const malformed = refused('The request is not well-formed HTTP.');
const expectation = refused('The header Expect must be 100-continue, or be left out.', 417);
const tunnel = refused('Cordboard is no proxy: the method CONNECT is not known here.', 405);
const answerTo = (error: unknown): ErrorAnswer => expectedAnswer(transportError(error, 0)) ?? malformed;

const headersOf = ({ code, body }: ErrorAnswer, requestId: string, headers: Headers) => ({
  ...headers,
  'x-amzn-errortype': code,
  'x-amzn-requestid': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
});

/** A whole answer, after which the connection ends. */
function textOf(answer: ErrorAnswer, headers: Headers): string {
  const { status, body } = answer;
  const lines = Object.entries({ ...headersOf(answer, randomUUID(), headers), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${head}\r\n${body}`;
}
