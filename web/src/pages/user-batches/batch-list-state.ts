import { choiceFilter, listSearch } from '../../components/list-state.ts';
import { batchStatusWords, resultStatusWords } from './batch-words.ts';

/** What the addresses of User batches and of a batch's page say: newest, or as submitted, is their only order. */
export const batchListShape = {
  sizes: [10, 25, 50, 100],
  sorts: ['CreatedTime'],
  filters: { status: choiceFilter('status', batchStatusWords) },
} as const;
export const userBatchSearch = listSearch(batchListShape);

export const resultListShape = {
  sizes: [25, 50, 100],
  sorts: ['Order'],
  filters: { status: choiceFilter('status', resultStatusWords) },
} as const;
export const resultSearch = listSearch(resultListShape);
