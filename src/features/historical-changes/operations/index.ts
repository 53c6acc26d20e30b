import { getHistoricalChangesFile, listHistoricalChanges } from './read-changes.ts';

export const historicalChangeOperations = [listHistoricalChanges, getHistoricalChangesFile] as const;
