import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** So much of what a refused client goes on sending is taken in and forgotten, and for so long. */
const lingerBytes = 64 * 1024 * 1024;
const lingerMilliseconds = 30_000;

/**
 * Lets clients read why their body is not wanted. When a connection is closed on one who is still sending, the system
 * sends a reset, which most clients call a broken pipe and throw the answer away for. So our side ends first, and
 * theirs is taken in for a while.
 */
export function lingerOverUnreadBodies(server: Server): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    // Before Node.js itself does what it does then: reading on without end, or closing.
    response.prependOnceListener('finish', () => {
      if (request.complete) return;
      const { socket } = request;
      takeIn(socket, request);
      const close = socket.destroySoon.bind(socket);
      socket.destroySoon = () => {
        if (request.complete) close();
        else closeAfter(socket, request, close);
      };
    });
  });
}

/** The same for what is no request: there is only the socket to read from. */
export function closeOnceHeard(socket: Socket): void {
  socket.removeAllListeners('data');
  takeIn(socket, socket);
  closeAfter(socket, socket, () => socket.destroySoon());
}

function takeIn(socket: Socket, unread: Readable): void {
  let left = lingerBytes;
  const timer = setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  for (const [stream, event] of [[unread, 'end'] as const, [socket, 'close'] as const]) {
    stream.once(event, () => clearTimeout(timer));
  }
  unread.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
}

function closeAfter(socket: Socket, unread: Readable, close: () => void): void {
  unread.once('end', close);
  socket.end();
}
