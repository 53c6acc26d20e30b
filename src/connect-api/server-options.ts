import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorAnswer, errorAnswer, expectedAnswer } from './error-answer.ts';
import { isClientGone, transportError } from './transport-errors.ts';

/** What only the server as a whole can be told; spread into `Fastify({ … })`. */
export const connectApiServerOptions = {
  genReqId: () => randomUUID(),
  exposeHeadRoutes: false,
  // ARNs travel as path labels; Fastify's own limit of 100 characters answers 414.
  routerOptions: { maxParamLength: 2048, ignoreTrailingSlash: true },
  // Without it, a client that sends a byte now and then holds its connection for ever.
  requestTimeout: 120_000,
  frameworkErrors: refuseInRouter,
  clientErrorHandler: refuseOnSocket,
};

const malformed = errorAnswer(400, 'MalformedHttpRequestException', 'The request is not well-formed HTTP.');
const answerTo = (error: unknown): ErrorAnswer => expectedAnswer(transportError(error, 0)) ?? malformed;

/** A path that the router cannot read: no route, and so no error handler, is known yet. */
function refuseInRouter(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, body } = answerTo(error);
  reply
    .code(status)
    .headers({ 'x-amzn-errortype': code, 'x-amzn-requestid': request.id, 'content-type': 'application/json' })
    .send(Buffer.from(body));
}

/** Bytes that Node.js cannot read as a request: there is only the socket to answer on. */
function refuseOnSocket(error: Error, socket: Socket): void {
  if (isClientGone(error) || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, body } = answerTo(error);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `x-amzn-errortype: ${code}`,
    `x-amzn-requestid: ${randomUUID()}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
