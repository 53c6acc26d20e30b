import { isIdle } from './activity.ts';
/** What the server refused, or why it could not be asked. `code` is the error's name, as in x-amzn-errortype. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The whole answer, for the few refusals that say more. */
    readonly answer: unknown = null,
  ) {
    super(message);
  }
}

/** The code of an ApiError when no answer came at all. */
export const unreachable = 'Unreachable';

/** What the API says to a request without a cookie: the browser has dropped the one that expired. */
export const noSession = 'MissingAuthenticationTokenException';

interface Credentials {
  readonly instanceId: string;
  readonly csrfToken: string;
}

let credentials: Credentials | null = null;
let signedOut: () => void = () => {};
let renewSession: () => Promise<boolean> = async () => false;

/** Set after sign-in, cleared after sign-out; every later call uses it. */
export function setCredentials(next: Credentials | null): void {
  credentials = next;
}

/** The one place where an expired session is noticed. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

/**
 * Asks for the session anew, when its token is no longer accepted because somebody has signed in again in another tab.
 * Answers whether it is still the same user's.
 */
export function onStaleToken(renew: () => Promise<boolean>): void {
  renewSession = renew;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface CallOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** An operation's address on this server; `{InstanceId}` becomes the signed-in user's instance. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const filled = path.replace('{InstanceId}', encodeURIComponent(credentials?.instanceId ?? ''));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/**
 * Calls an operation and answers its JSON (an empty body answers `{}`).
 * Throws ApiError for every refusal, and for a server that cannot be reached.
 */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  try {
    return await callOnce<T>(method, path, options);
  } catch (error) {
    const stale = error instanceof ApiError && error.status === 403 && /x-csrf-token/i.test(error.message);
    if (!stale || !(await renewSession())) throw error;
    return await callOnce<T>(method, path, options);
  }
}

async function callOnce<T>(method: string, path: string, options: CallOptions): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && credentials) headers['x-csrf-token'] = credentials.csrfToken;
  // What the pages ask for by themselves must not keep the session of somebody who has gone.
  if (isIdle()) headers['x-cordboard-idle'] = 'true';
  const response = await send(address(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  const body = parse(text);
  if (response.ok) return body as T;
  const code = codeOf(response, body);
  if (credentials && (response.status === 401 || code === noSession)) signedOut();
  throw new ApiError(response.status, code, messageOf(body, response), body);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, unreachable, 'Cordboard did not answer. Check your connection, then try again.');
  }
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function codeOf(response: Response, body: unknown): string {
  const header = response.headers.get('x-amzn-errortype');
  const named = header ?? textMember(body, '__type') ?? '';
  return named.split(':')[0]?.split('#').at(-1) || `Http${response.status}`;
}

function messageOf(body: unknown, response: Response): string {
  return (
    textMember(body, 'Message') ??
    textMember(body, 'message') ??
    `The server answered ${response.status} without saying why. Try again.`
  );
}

function textMember(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

interface Page {
  readonly NextToken?: string;
}

/** Every page of a List operation, put together. */
export async function listAll<T>(path: string, member: string, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = await call<Page & Record<string, T[]>>('GET', path, {
      query: { maxResults: 1000, ...query, nextToken },
      ...(signal ? { signal } : {}),
    });
    items.push(...(page[member] ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  return items;
}
