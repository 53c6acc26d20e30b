import type { BatchStatus, ResultStatus } from '../../api/types.ts';
import { batchStatusWords, resultStatusWords } from './batch-words.ts';

/** The status filters of both pages live in their addresses; anything unknown is no filter. */
const isBatchStatus = (text: string): text is BatchStatus => Object.hasOwn(batchStatusWords, text);
const isResultStatus = (text: string): text is ResultStatus => Object.hasOwn(resultStatusWords, text);

export function readBatchStatus(search: URLSearchParams): BatchStatus | null {
  const text = search.get('status') ?? '';
  return isBatchStatus(text) ? text : null;
}

export function readResultStatus(search: URLSearchParams): ResultStatus | null {
  const text = search.get('status') ?? '';
  return isResultStatus(text) ? text : null;
}

export const writeStatus = (status: string | null): URLSearchParams => new URLSearchParams(status ? { status } : {});
