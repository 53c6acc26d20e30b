import { isIdle } from './activity.ts';
import { calls } from './calls.generated.ts';
import type { Call, InputTo, OperationName, OutputOf } from './operations.ts';

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

  /** What exactly, where one error has several causes that programs tell apart; the server's `Reason`. */
  get reason(): string | undefined {
    return textMember(this.answer, 'Reason');
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
let signedOut: (error: ApiError) => void = () => {};
let renewSession: () => Promise<boolean> = async () => false;

/** Set after sign-in, cleared after sign-out; every later call uses it. */
export function setCredentials(next: Credentials | null): void {
  credentials = next;
}

/** The one place where an expired session is noticed. */
export function onSignedOut(listener: (error: ApiError) => void): void {
  signedOut = listener;
}

/**
 * Asks for the session anew, when its token is no longer accepted because somebody has signed in again in another tab.
 * Answers whether it is still the same user's.
 */
export function onStaleToken(renew: () => Promise<boolean>): void {
  renewSession = renew;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
}

type Input = Readonly<Record<string, unknown>>;

/** Where and how the call goes; the instance is the signed-in user's. */
function travel(name: OperationName, input: Input): { method: string; url: string; body: Input | undefined } {
  const { method, uri, query = {}, instanceInBody }: Call = calls[name];
  const InstanceId = credentials?.instanceId ?? '';
  const labels = new Set<string>();
  const path = uri.replace(/\{(\w+)\}/g, (_, label: string) => {
    labels.add(label);
    return encodeURIComponent(label === 'InstanceId' ? InstanceId : String(input[label]));
  });
  const search = new URLSearchParams();
  const body: Record<string, unknown> = instanceInBody ? { InstanceId } : {};
  for (const [member, value] of Object.entries(input)) {
    const parameter = query[member];
    if (value === undefined || labels.has(member)) continue;
    if (parameter === undefined) body[member] = value;
    else for (const item of Array.isArray(value) ? value : [value]) search.append(parameter, String(item));
  }
  const url = search.size > 0 ? `${path}?${search}` : path;
  return { method, url, body: Object.keys(body).length > 0 ? body : undefined };
}

/** An operation's address on this server, to link to. */
export function addressOf<Name extends OperationName>(name: Name, input: InputTo<Name>): string {
  return travel(name, input as Input).url;
}

/**
 * Calls an operation and answers its JSON (an empty body answers `{}`).
 * Throws ApiError for every refusal, and for a server that cannot be reached.
 */
export function call<Name extends OperationName>(
  name: Name,
  input: InputTo<Name>,
  options: Options = {},
): Promise<OutputOf<Name>> {
  const { method, url, body } = travel(name, input as Input);
  return request(method, url, { ...options, body });
}

interface RequestOptions extends Options {
  readonly body?: unknown;
}

/** For what is no operation: the session. */
export async function request<T>(method: string, url: string, options: RequestOptions = {}): Promise<T> {
  const response = await answered(method, url, options);
  return parse(await response.text()) as T;
}

/** A file that an operation answers, under the name that the server gives it. */
export interface ServerFile {
  readonly name: string;
  readonly content: Blob;
}

/** Fetches a file whole: one that a plain link cannot ask for. Throws as `call` does. */
export async function fetchFile<Name extends OperationName>(
  name: Name,
  input: InputTo<Name>,
  options: Options = {},
): Promise<ServerFile> {
  const { method, url, body } = travel(name, input as Input);
  const response = await answered(method, url, { ...options, body });
  const disposition = response.headers.get('content-disposition') ?? '';
  return { name: /filename="([^"]+)"/.exec(disposition)?.[1] ?? name, content: await response.blob() };
}

/** An answer that is no refusal. */
async function answered(method: string, url: string, options: RequestOptions): Promise<Response> {
  try {
    return await answeredOnce(method, url, options);
  } catch (error) {
    const stale = error instanceof ApiError && error.reason === 'CSRF_TOKEN_NOT_VALID';
    if (!stale || !(await renewSession())) throw error;
    return await answeredOnce(method, url, options);
  }
}

async function answeredOnce(method: string, url: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && credentials) headers['x-csrf-token'] = credentials.csrfToken;
  // What the pages ask for by themselves must not keep the session of somebody who has gone.
  if (isIdle()) headers['x-cordboard-idle'] = 'true';
  const response = await send(url, {
    method,
    headers,
    credentials: 'same-origin',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (response.ok) return response;
  const body = parse(await response.text());
  const code = codeOf(response, body);
  const error = new ApiError(response.status, code, messageOf(body, response), body);
  if (credentials && (response.status === 401 || code === noSession)) signedOut(error);
  throw error;
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

type Items<List> = Exclude<List, undefined> extends readonly (infer Item)[] ? Item : never;

/** Every page of a List operation, put together. */
export async function listAll<Name extends OperationName, Member extends keyof OutputOf<Name>>(
  name: Name,
  member: Member,
  input: InputTo<Name>,
  options: Options = {},
): Promise<Items<OutputOf<Name>[Member]>[]> {
  const items: Items<OutputOf<Name>[Member]>[] = [];
  let NextToken: string | undefined;
  do {
    const page = await call(name, { MaxResults: 1000, ...input, NextToken }, options);
    items.push(...((page[member] ?? []) as typeof items));
    NextToken = (page as { readonly NextToken?: string }).NextToken;
  } while (NextToken);
  return items;
}
