import { timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { permissionsOf } from '../access/profiles.ts';
import { checkConstraint } from '../connect-api/check-constraint.ts';
import { parseBody } from '../connect-api/decode-request.ts';
import { errorAnswer } from '../connect-api/error-answer.ts';
import { FrontDoorError } from '../connect-api/front-door-error.ts';
import { answerPlainly, sendError } from '../connect-api/plain-answers.ts';
import { RefusedValue } from '../connect-api/refused-value.ts';
import type { Db } from '../database/db.ts';
import { findInstance } from '../features/instances/store.ts';
import { keepAlive } from '../features/sessions/keep-alive.ts';
import { type EndOfSession, endOf, findSession, type Session } from '../features/sessions/store.ts';
import { arnOf, instanceArn } from '../operations/arn.ts';
import type { UserCaller } from '../operations/caller.ts';
import { type Constraint, length } from '../operations/constraints.ts';
import { invalidParameter, OperationError, type RefusalReason } from '../operations/errors.ts';
import { remoteAddress, type TrustedProxies } from '../remote-address.ts';
import { accountDoors, registerAccount } from './account.ts';
import { asksForAlias, type Credentials, type SignInOptions, signIn } from './sign-in.ts';
import { type Origin, signOut } from './sign-in-audit.ts';

/** With the prefix a browser takes it over HTTPS from this very host only: no neighbour of the domain can plant one. */
const cookieName = (secure: boolean) => (secure ? '__Host-cordboard_session' : 'cordboard_session');
const bodyLimit = 16_384;

export interface ConsoleOptions extends SignInOptions {
  readonly trustedProxies: TrustedProxies;
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  /** Whether people reach the website over HTTPS: the cookie is then never sent over anything else. */
  readonly secure: boolean;
  /** A session ends when its user has done nothing for so long. */
  readonly idleMinutes: number;
  /** Refuses what may come from a page of somebody else. Left out: nothing. */
  readonly requireOwnHost?: (request: FastifyRequest) => void;
  /** Where `vite build` put the website. */
  readonly webRoot: string;
}

/** The website's own doors: sign-in, sign-out, who am I, and its files. Everything else it does through the API. */
export async function registerConsole(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const { db, now } = options;
  const originOf = (request: FastifyRequest): Origin => ({
    address: remoteAddress(request.raw, options.trustedProxies),
    requestId: request.id,
  });
  const { log, requireOwnHost } = options;
  const plainly = { log, ...(requireOwnHost && { requireOwnHost }) };
  const pages = async (scope: FastifyInstance) => {
    answerPlainly(scope, { ...plainly, bodyLimit });
    await scope.register(fastifyCookie);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: options.secure } as const;

    scope.addHook('onSend', async (_request, reply) => {
      reply.header('referrer-policy', 'same-origin');
      reply.header(
        'content-security-policy',
        "default-src 'self'; img-src 'self' data:; style-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      );
    });

    scope.post('/api/session', async (request, reply) => {
      const result = await signIn(
        options,
        credentialsIn(request.body),
        originOf(request),
        tokenIn(request, options.secure),
      );
      if (result.outcome === 'TOO_MANY') {
        const seconds = Math.max(1, Math.ceil((result.until.getTime() - (await now(db)).getTime()) / 1000));
        reply.header('retry-after', seconds);
        const minutes = Math.ceil(seconds / 60);
        throw tooMany(
          `There were too many attempts to sign in. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
        );
      }
      if (result.outcome === 'CROWDED') {
        reply.header('retry-after', 1);
        throw tooMany('Too many people are signing in at this moment. Try again in a second.');
      }
      const session = result.outcome === 'SIGNED_IN' ? await findSession(db, result.token, await now(db)) : null;
      if (result.outcome === 'WRONG' || !session) return sendError(reply, wrongPassword);
      // As long as any session: when it ends, the server says.
      reply.setCookie(cookieName(options.secure), result.token, { ...cookie, expires: session.expiresTime });
      const expiresTime = await keepAlive(db, session, options.idleMinutes, await now(db));
      return describe(db, { ...session, expiresTime }, await now(db));
    });

    scope.get('/api/session', async (request, reply) => {
      const session = await sessionOf(request, options);
      if (session) return describe(db, session, await now(db));
      const token = tokenIn(request, options.secure);
      const asks = await asksForAlias(db);
      return sendError(
        reply,
        errorAnswer(401, 'MissingAuthenticationTokenException', 'You are not signed in.', {
          ...(asks && { AsksForAlias: true }),
          ...(token && { Reason: await endOf(db, token, await now(db)) }),
        }),
      );
    });

    scope.delete('/api/session', async (request, reply) => {
      const session = await sessionOf(request, options);
      if (session && !hasCsrfToken(request, session)) throw staleToken('Reload the page and sign out again.');
      if (session) await signOut(db, session, originOf(request), await now(db), options.log);
      reply.clearCookie(cookieName(options.secure), cookie);
      return reply.code(204).send();
    });

    registerAccount(scope, options, {
      originOf,
      signedIn: async (request) => {
        const session = await sessionOf(request, options);
        if (!session) throw new FrontDoorError('MissingAuthenticationTokenException', 'You are not signed in.', 401);
        if (request.method !== 'GET' && !hasCsrfToken(request, session))
          throw staleToken('Reload the page and try again.');
        return session;
      },
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
    scope.get('/', { exposeHeadRoute: true }, page);
    // The website routes in the browser: a path below /console/ that is no file is one of its pages.
    scope.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      const door = doors.get(path);
      const methods = door ?? ['GET', 'HEAD'];
      if (door || !methods.includes(request.method)) {
        reply.header('allow', [...methods, 'OPTIONS'].join(', '));
        if (request.method === 'OPTIONS') return reply.code(204).send();
        throw new FrontDoorError('UnknownOperationException', `This path is known with ${methods.join(', ')}.`, 405);
      }
      if (path.startsWith('/console/api/') || /\.[a-z0-9]+$/i.test(path)) {
        throw new FrontDoorError('UnknownOperationException', 'There is no such file.');
      }
      return page(request, reply);
    });
  };
  await app.register(async (scope) => {
    answerPlainly(scope, { ...plainly, bodyLimit: 0 });
    scope.get('/', { exposeHeadRoute: true }, (_request, reply) => reply.redirect('/console/'));
  });
  await app.register(pages, { prefix: '/console' });
}

/** For the API's door: the signed-in user behind a request, or why there is none. */
export async function authenticateSession(
  request: FastifyRequest,
  options: SessionOptions,
): Promise<{ caller: UserCaller; region: string } | { refusal: 'CSRF' | EndOfSession } | null> {
  const token = tokenIn(request, options.secure);
  if (!token) return null;
  const session = await sessionOf(request, options);
  if (!session) return { refusal: await endOf(options.db, token, await options.now(options.db)) };
  // Reading needs no token: the cookie is SameSite=Strict and answers cannot be read by other sites.
  if (!['GET', 'HEAD'].includes(request.method) && !hasCsrfToken(request, session)) return { refusal: 'CSRF' };
  const { userId, username, instanceId, region } = session;
  return { caller: { kind: 'USER', userId, username, instanceId }, region };
}

function tokenIn(request: FastifyRequest, secure: boolean): string | null {
  const start = `${cookieName(secure)}=`;
  const given = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  const token = given.find((part) => part.startsWith(start))?.slice(start.length);
  return token && /^[\w-]+$/.test(token) ? token : null;
}

type SessionOptions = Pick<ConsoleOptions, 'db' | 'now' | 'secure' | 'idleMinutes'>;

async function sessionOf(request: FastifyRequest, { db, now, secure, idleMinutes }: SessionOptions) {
  const token = tokenIn(request, secure);
  const session = token ? await findSession(db, token, await now(db)) : null;
  // The website asks by itself how far a batch is, and says when nobody is there to see it.
  if (!session || request.headers['x-cordboard-idle'] !== undefined) return session;
  return { ...session, expiresTime: await keepAlive(db, session, idleMinutes, await now(db)) };
}

function hasCsrfToken(request: FastifyRequest, session: Session): boolean {
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const wanted = Buffer.from(session.csrfToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** What the website sends to sign in. */
export interface SignInRequest {
  readonly Username: string;
  readonly Password: string;
  /** May be left out where there is one instance. */
  readonly InstanceAlias?: string;
}

/** Longer than any that there can be is refused before anything is stored, hashed or asked. @throws OperationError */
function credentialsIn(body: unknown): Credentials {
  try {
    const given: { readonly [Member in keyof SignInRequest]?: unknown } = parseBody(
      Buffer.isBuffer(body) ? body : nothing,
    );
    const text = (member: keyof SignInRequest) => {
      const value = given[member];
      if (typeof value !== 'string' || value === '') throw new RefusedValue('Enter your login and your password.');
      if (value.includes('\0')) throw new RefusedValue(`${member} must not have a NUL character.`);
      checkConstraint(limits[member], value, member);
      return value;
    };
    const { InstanceAlias: alias } = given;
    return {
      username: text('Username'),
      password: text('Password'),
      alias: alias === undefined || alias === null || alias === '' ? null : text('InstanceAlias'),
    };
  } catch (error) {
    if (error instanceof RefusedValue) throw invalidParameter(error.message);
    throw error;
  }
}

/** As CreateUser and CreateInstance have them. */
const limits = {
  Username: length(1, 100),
  Password: length(1, 64),
  InstanceAlias: length(1, 45),
} satisfies Readonly<Record<keyof SignInRequest, Constraint>>;
const nothing = new Uint8Array();
/** What is no page and no file, with its methods. */
const doors: ReadonlyMap<string, readonly string[]> = new Map([
  ['/console/api/session', ['DELETE', 'GET', 'POST']],
  ...accountDoors,
]);
const staleToken = (message: string) =>
  new OperationError('AccessDeniedException', message, { Reason: 'CSRF_TOKEN_NOT_VALID' satisfies RefusalReason });
const wrongPassword = errorAnswer(401, 'AccessDeniedException', 'The login or the password is not right.');
const tooMany = (message: string) => new OperationError('ThrottlingException', message);

/** What the website hears of whoever is signed in. */
export type SessionAnswer = Awaited<ReturnType<typeof describe>>;

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
