import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Digest } from './access/sealing.ts';
import type { RefusalCounter } from './audit/refusals.ts';
import { type Config, StartError } from './config.ts';
import { answerPlainly } from './connect-api/plain-answers.ts';
import { type Denial, registerConnectApi } from './connect-api/server.ts';
import { answerForNode, connectApiServerOptions } from './connect-api/server-options.ts';
import type { FindAccessKey } from './connect-api/sigv4.ts';
import { createThrottle } from './connect-api/throttle.ts';
import { authenticateSession, registerConsole } from './console/server.ts';
import { databaseTime } from './database/clock.ts';
import type { Db } from './database/db.ts';
import { type HostNames, hostNames, isLoopback, isOwnHost } from './host-names.ts';
import type { Logger } from './log.ts';
import { identityOf } from './operations/caller.ts';
import type { Operation } from './operations/define-operation.ts';
import { accessDenied } from './operations/errors.ts';
import type { Run } from './operations/operation-call.ts';
import { clientNetwork, remoteAddress, type TrustedProxies } from './remote-address.ts';
import { createStopServing, type StopServing } from './stop-serving.ts';

/** What /readyz asks. */
export interface Health {
  database: boolean;
  worker: () => boolean;
  /** What keeps the worker from working. */
  trouble: () => string | null;
}

export interface HttpOptions {
  readonly config: Config;
  readonly db: Db;
  readonly operations: readonly Operation[];
  readonly run: Run;
  readonly findAccessKey: FindAccessKey;
  readonly health: Health;
  readonly log: Logger;
  readonly webRoot: string;
  readonly digest: Digest;
  readonly refusals: Pick<RefusalCounter, 'count'>;
}

/** Console and API on one port. `stop` waits for the requests that are under way. @throws StartError */
export async function startHttp(
  options: HttpOptions,
): Promise<{ url: string; stop(hurry: AbortSignal): Promise<void> }> {
  const { config, db } = options;
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  // The other names of the domain are not ours to speak for.
  const headers: Record<string, string> = secure ? { 'strict-transport-security': 'max-age=31536000' } : {};
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // A line for each request would fill disks and say little; refusals that matter are logged where they happen.
    logController: new LogController({ disableRequestLogging: true }),
    // Idle keep-alive connections must not hold up a stop.
    forceCloseConnections: 'idle',
    // A request that was on its way when a stop began is served like those before it.
    return503OnClosing: false,
    ...connectApiServerOptions(headers),
  });
  const serving = createStopServing(app, {
    delayMilliseconds: config.stopDelaySeconds * 1000,
    limitMilliseconds: config.stopTimeoutSeconds * 1000,
  });
  answerForNode(app.server, headers);
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
  const names = hostNames(config);
  const requireOwnHost = (request: FastifyRequest) => requireHostIn(names, request);
  await registerProbes(app, options, serving, requireOwnHost);
  await registerConsole(app, {
    db,
    now: databaseTime,
    defaultAlias: config.instanceAlias,
    digest: options.digest,
    failuresPerAddress: config.failedSignInsPerAddress,
    trustedProxies: config.trustedProxies,
    refusals: options.refusals,
    log: options.log,
    secure,
    idleMinutes: config.sessionIdleMinutes,
    webRoot: options.webRoot,
    requireOwnHost,
  });
  await registerConnectApi(app, {
    operations: options.operations,
    fileLimits: config.fileLimits,
    bodyRoom: config.bodyMegabytes * 1024 * 1024,
    run: options.run,
    ...(config.awsQuotas && { throttle: createThrottle(() => performance.now()) }),
    // Signatures carry the client's time, which the machine's clock judges; nothing of it is stored.
    now: () => new Date(),
    log: options.log,
    findAccessKey: options.findAccessKey,
    requireOwnHost,
    onDenied: countDenials(options.refusals, config.trustedProxies),
    authenticateSession: (request) =>
      authenticateSession(request, { db, now: databaseTime, secure, idleMinutes: config.sessionIdleMinutes }),
  });
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw listenError(error as NodeJS.ErrnoException, config.host, config.port);
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return { url: `http://${host}:${port}`, stop: serving.stop };
}

/** Denied calls in the counts of refusals: by their caller where that is certain, else by address. */
export function countDenials(
  refusals: Pick<RefusalCounter, 'count'>,
  proxies: TrustedProxies,
): (denial: Denial) => void {
  return ({ request, caller, operation, code }) => {
    const address = clientNetwork(remoteAddress(request.raw, proxies));
    refusals.count({ kind: 'CALL', caller: caller && identityOf(caller), address, reason: `${code} ${operation}` });
  };
}

/** A StartError for what whoever starts Cordboard can mend, else the error itself. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const at = `${host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`${at} is taken by another program: stop it, or set CORDBOARD_PORT to a free port.`);
    case 'EACCES':
      return new StartError(`This user may not listen on ${at}: set CORDBOARD_PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`This machine has no address ${host}: set CORDBOARD_HOST to one that it has.`);
    default:
      return error;
  }
}

/** @throws OperationError AccessDeniedException */
function requireHostIn(names: HostNames, { headers: { host } }: FastifyRequest): void {
  if (isOwnHost(names, host)) return;
  throw accessDenied(
    `Cordboard is not known here by the name "${host?.slice(0, 100)}". Use the address that it printed when it started; if people should come by this name, set CORDBOARD_PUBLIC_URL or CORDBOARD_ALLOWED_HOSTS.`,
  );
}

/** The longest that /readyz and /metrics wait for the database. */
const probeMilliseconds = 2_000;

async function registerProbes(
  app: FastifyInstance,
  { config, db, health, log }: HttpOptions,
  serving: StopServing,
  requireOwnHost: (request: FastifyRequest) => void,
): Promise<void> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'cordboard_http_request_duration_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const runnable = new Gauge({
    name: 'cordboard_user_batches_unfinished',
    help: 'User batches that are queued or in progress',
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const head = { exposeHeadRoute: true };
  await app.register(async (probes) => {
    answerPlainly(probes, { log, bodyLimit: 0 });
    probes.get('/healthz', head, async () => ({ status: 'ok' }));
    probes.get('/readyz', head, async (_request, reply) => {
      if (serving.begun()) return reply.code(503).send({ stopping: true });
      const ready = { database: health.database && (await answers(db)), worker: health.worker() };
      const trouble = health.trouble();
      return reply.code(ready.database && ready.worker ? 200 : 503).send(trouble ? { ...ready, trouble } : ready);
    });
    probes.get('/metrics', head, async (request, reply) => {
      requireScraper(request.headers.authorization, config);
      // A scraper with the token may call it by any name. The other two tell nothing, and are asked by many.
      if (config.metricsToken === null) requireOwnHost(request);
      try {
        const { count } = await inTime(
          db
            .selectFrom('user_batch')
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .where('status', 'in', ['QUEUED', 'IN_PROGRESS'])
            .executeTakeFirstOrThrow(),
        );
        runnable.set(Number(count));
      } catch (error) {
        log.warn({ err: error }, 'the database did not answer a scrape of /metrics');
      }
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  });
}

/**
 * Figures of the process and of who asks for what are not for everybody: beyond loopback they take the token of the
 * settings. @throws OperationError AccessDeniedException
 */
function requireScraper(
  authorization: string | undefined,
  { host, publicUrl, metricsToken, trustedProxies }: Config,
): void {
  if (metricsToken === null) {
    // Behind a proxy on the same machine, whoever it lets through comes from loopback.
    if (
      trustedProxies.rules.length === 0 &&
      isLoopback(host) &&
      (publicUrl === null || isLoopback(new URL(publicUrl).hostname))
    )
      return;
    throw accessDenied('Set CORDBOARD_METRICS_TOKEN, and send it as "Authorization: Bearer …", to read /metrics here.');
  }
  const hash = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${metricsToken}`))) return;
  throw accessDenied('/metrics needs the token of CORDBOARD_METRICS_TOKEN, sent as "Authorization: Bearer …".');
}

async function answers(db: Db): Promise<boolean> {
  try {
    await inTime(sql`select 1`.execute(db));
    return true;
  } catch {
    return false;
  }
}

/** A request waits for a database that is away; who watches wants to know now. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const late = delay(probeMilliseconds, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`The database did not answer within ${probeMilliseconds / 1000} s.`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => {});
    patience.abort();
  }
}
