import { queryOptions } from '@tanstack/react-query';
import { addressOf, call, fetchFile } from './client.ts';
import type { InputTo, OutputOf } from './operations.ts';

export const searchContactDetails = (request: InputTo<'SearchContactDetails'>, signal?: AbortSignal) =>
  call('SearchContactDetails', request, { signal });

export const downloadContacts = (request: InputTo<'DownloadContacts'>, signal: AbortSignal) =>
  fetchFile('DownloadContacts', request, { signal });

export type ContactDetails = OutputOf<'DescribeContactDetails'>;

export const contactQuery = (ContactId: string) =>
  queryOptions({
    queryKey: ['contact', ContactId],
    queryFn: ({ signal }) => call('DescribeContactDetails', { ContactId }, { signal }),
    gcTime: 0,
  });

/** An imported contact may have more tags than a call takes. */
const tagsInCall = 6;

/** Takes tags away, then sets others. */
export async function retagContact(
  ContactId: string,
  { set, remove }: { readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] },
): Promise<void> {
  for (let from = 0; from < remove.length; from += tagsInCall) {
    await call('UntagContact', { ContactId, TagKeys: remove.slice(from, from + tagsInCall) });
  }
  if (Object.keys(set).length > 0) await call('TagContact', { ContactId, Tags: { ...set } });
}

/** To play, or to save: the browser asks for it, in ranges. */
export const recordingAddress = (ContactId: string, Name: string, download: boolean): string =>
  addressOf('GetRecording', { ContactId, Name, ...(download && { Download: true }) });

export const transcriptQuery = (ContactId: string, Name: string) =>
  queryOptions({
    queryKey: ['transcript', ContactId, Name],
    queryFn: async ({ signal }) => (await fetchFile('GetRecording', { ContactId, Name }, { signal })).content.text(),
    gcTime: 0,
  });

export const deleteRecording = (ContactId: string, Name: string, Reason: string) =>
  call('DeleteRecording', { ContactId, Name, Reason });
