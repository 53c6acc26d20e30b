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
export function transportError(error: unknown): FrontDoorError | null {
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new FrontDoorError(
        'RequestEntityTooLargeException',
        'The request body is too large: at most 16 MiB are read. Send fewer records in a request.',
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
        : null;
  }
}

function isClientFault(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 && codeOf(error).startsWith('FST_');
}
