// Told before the build, not after it: a taken port would end the server that the build was for.
import { createServer } from 'node:net';

const port = Number(process.env.CORDBOARD_PORT ?? 8080);
const host = process.env.CORDBOARD_HOST || '127.0.0.1';
// What is no port, and an address that is not this machine's, the server has the words for.
if (Number.isInteger(port) && port > 0 && port < 65_536) {
  const probe = createServer();
  probe.once('error', (error) => {
    if (error.code !== 'EADDRINUSE') return;
    console.error(
      `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: CORDBOARD_PORT=8081 npm start`,
    );
    process.exitCode = 1;
  });
  probe.listen({ port, host }, () => probe.close());
}
