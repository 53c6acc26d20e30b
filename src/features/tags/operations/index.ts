import { listTags } from './read.ts';
import { searchResourceTags } from './search.ts';
import { tagResource, untagResource } from './update.ts';

export const tagOperations = [tagResource, untagResource, listTags, searchResourceTags] as const;
