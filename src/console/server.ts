import { timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../database/clock.ts';
import { findInstance } from '../features/instances/store.ts';
import { permissionsOf } from '../features/security-profiles/store.ts';
import { arnOf, instanceArn } from '../operations/arn.ts';
import type { UserCaller } from '../operations/caller.ts';
import type { Db } from '../operations/define-operation.ts';
import { deleteSession, findSession, type Session } from './session-store.ts';
import { asksForAlias, signIn } from './sign-in.ts';

const cookieName = 'cordboard_session';

export interface ConsoleOptions {
  readonly db: Db;
  readonly now: Clock;
  readonly defaultAlias: string;
  /** Whether people reach the website over HTTPS: the cookie is then never sent over anything else. */
  readonly secure: boolean;
  /** Where `vite build` put the website. */
  readonly webRoot: string;
}

/** The website's own doors: sign-in, sign-out, who am I, and its files. Everything else it does through the API. */
export async function registerConsole(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const { db, now } = options;
  app.get('/', (_request, reply) => reply.redirect('/console/'));
  const pages = async (scope: FastifyInstance) => {
    await scope.register(fastifyCookie);
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: options.secure } as const;

    scope.addHook('onSend', async (_request, reply) => {
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'same-origin');
      reply.header(
        'content-security-policy',
        "default-src 'self'; img-src 'self' data:; style-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      );
    });

    scope.post('/api/session', { bodyLimit: 16_384 }, async (request, reply) => {
      const given = credentialsIn(request.body);
      if (!given) return refuse(reply, 400, 'Enter your login and your password.');
      const result = await signIn(db, given, options.defaultAlias, await now(db));
      if (result.outcome === 'TOO_MANY') {
        return refuse(reply, 429, 'There were too many attempts to sign in with this login. Wait ten minutes.');
      }
      if (result.outcome === 'WRONG') return refuse(reply, 401, 'The login or the password is not right.');
      const session = await findSession(db, result.token, await now(db));
      if (!session) return refuse(reply, 401, 'The login or the password is not right.');
      reply.setCookie(cookieName, result.token, { ...cookie, expires: session.expiresTime });
      return describe(db, session, await now(db));
    });

    scope.get('/api/session', async (request, reply) => {
      const session = await sessionOf(request, options);
      if (session) return describe(db, session, await now(db));
      const asks = await asksForAlias(db);
      return reply.code(401).send({ Message: 'You are not signed in.', ...(asks && { AsksForAlias: true }) });
    });

    scope.delete('/api/session', async (request, reply) => {
      const session = await sessionOf(request, options);
      if (session && !hasCsrfToken(request, session)) return refuse(reply, 403, 'Reload the page and sign out again.');
      const token = tokenIn(request);
      if (token) await deleteSession(db, token);
      reply.clearCookie(cookieName, cookie);
      return reply.code(204).send();
    });

    await scope.register(fastifyStatic, {
      root: options.webRoot,
      preCompressed: true,
      wildcard: true,
      index: false,
      // Vite names assets by their content; only index.html may change under the same name.
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    const page = (_request: FastifyRequest, reply: FastifyReply) => reply.sendFile('index.html');
    scope.get('/', page);
    // The website routes in the browser: a path below /console/ that is no file is one of its pages.
    scope.setNotFoundHandler((request, reply) => {
      const wantsPage = request.method === 'GET' && !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '');
      return wantsPage ? page(request, reply) : reply.code(404).send({ Message: 'There is no such file.' });
    });
  };
  await app.register(pages, { prefix: '/console' });
}

/** For the API's door: the signed-in user behind a request, or why there is none. */
export async function authenticateSession(
  request: FastifyRequest,
  options: Pick<ConsoleOptions, 'db' | 'now'>,
): Promise<{ caller: UserCaller; region: string } | { refusal: 'EXPIRED' | 'CSRF' } | null> {
  if (!tokenIn(request)) return null;
  const session = await sessionOf(request, options);
  if (!session) return { refusal: 'EXPIRED' };
  // Reading needs no token: the cookie is SameSite=Strict and answers cannot be read by other sites.
  if (request.method !== 'GET' && !hasCsrfToken(request, session)) return { refusal: 'CSRF' };
  const { userId, username, instanceId, region } = session;
  return { caller: { kind: 'USER', userId, username, instanceId }, region };
}

function tokenIn(request: FastifyRequest): string | null {
  const match = /(?:^|;\s*)cordboard_session=([\w-]+)/.exec(request.headers.cookie ?? '');
  return match?.[1] ?? null;
}

async function sessionOf(request: FastifyRequest, { db, now }: Pick<ConsoleOptions, 'db' | 'now'>) {
  const token = tokenIn(request);
  return token ? findSession(db, token, await now(db)) : null;
}

function hasCsrfToken(request: FastifyRequest, session: Session): boolean {
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const wanted = Buffer.from(session.csrfToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function credentialsIn(body: unknown) {
  if (typeof body !== 'object' || body === null) return null;
  const { Username: username, Password: password, InstanceAlias: alias } = body as Record<string, unknown>;
  const text = (value: unknown): value is string => typeof value === 'string' && value !== '' && !value.includes('\0');
  if (!text(username) || !text(password)) return null;
  return { username, password, alias: text(alias) ? alias : null };
}

function refuse(reply: FastifyReply, status: number, message: string) {
  return reply.code(status).send({ Message: message });
}

async function describe(db: Db, session: Session, now: Date) {
  const [instance, user, permissions] = await Promise.all([
    findInstance(db, session.instanceId, session.region, now),
    db
      .selectFrom('users')
      .select(['id', 'username', 'first_name', 'last_name'])
      .where('id', '=', session.userId)
      .executeTakeFirstOrThrow(),
    permissionsOf(db, session.userId),
  ]);
  if (!instance) throw new Error('a session without its instance');
  return {
    Instance: {
      Id: instance.id,
      Arn: instanceArn(instance),
      Alias: instance.alias,
      Region: instance.region,
      IdentityManagementType: instance.identityManagementType,
    },
    User: {
      Id: user.id,
      Arn: arnOf(instance, 'agent', user.id),
      Username: user.username,
      FirstName: user.first_name,
      LastName: user.last_name,
    },
    Permissions: [...permissions].sort(),
    CsrfToken: session.csrfToken,
    ExpiresTime: session.expiresTime.getTime() / 1000,
  };
}
