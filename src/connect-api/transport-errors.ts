import { FrontDoorError } from './front-door-error.ts';

/** Codes that Node.js gives to the error of a client that went away before it had its answer. */
const goneCodes = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
]);

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

export function isClientGone(error: unknown): boolean {
  return goneCodes.has(codeOf(error));
}

/** What Fastify or Node.js refused to read, in AWS's words; null when it is not the client's doing. */
export function transportError(error: unknown, bodyLimit: number): FrontDoorError | null {
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new FrontDoorError(
        'RequestEntityTooLargeException',
        `The request body is too large: at most ${(bodyLimit / 1024).toLocaleString('en-US')} KiB are read. Send less in a request.`,
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new FrontDoorError('UnsupportedMediaTypeException', 'The header content-type must be application/json.');
    case 'FST_ERR_BAD_URL':
      return new FrontDoorError('MalformedHttpRequestException', 'The path is not valid percent-encoded UTF-8.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new FrontDoorError(
        'MalformedHttpRequestException',
        'A part of the path is too long to be an id or an ARN.',
        414,
      );
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new FrontDoorError(
        'MalformedHttpRequestException',
        'The request body is not as long as content-length says.',
      );
    case 'HPE_HEADER_OVERFLOW':
      return new FrontDoorError('RequestHeaderSectionTooLargeException', 'The headers of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new FrontDoorError('RequestTimeoutException', 'The request did not arrive in time.');
    default:
      return isClientFault(error) || codeOf(error).startsWith('HPE_')
        ? new FrontDoorError('MalformedHttpRequestException', 'The request is not well-formed HTTP.')
        : fileError(error);
  }
}

function statusOf(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : null;
}

function isClientFault(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status >= 400 && status < 500 && codeOf(error).startsWith('FST_');
}

/** What the sender of files refuses, by statuses alone; `expose` is the mark of its errors. */
function fileError(error: unknown): FrontDoorError | null {
  if (typeof error !== 'object' || error === null || !('expose' in error)) return null;
  switch (statusOf(error)) {
    case 404:
      return new FrontDoorError('UnknownOperationException', 'There is no such file.');
    case 412:
      return new FrontDoorError(
        'MalformedHttpRequestException',
        'The file is not the one that If-Match or If-Unmodified-Since asks for. Ask without them.',
        412,
      );
    case 416:
      return new FrontDoorError(
        'MalformedHttpRequestException',
        'The file has no such part. Ask without the header Range.',
        416,
      );
    case 400:
    case 403:
      return new FrontDoorError('MalformedHttpRequestException', 'The path is not the plain path of a file.');
    default:
      return null;
  }
}
