import { getHistoricalChangesFile, listHistoricalChanges } from './operations/read-changes.ts';

export const historicalChangeOperations = [listHistoricalChanges, getHistoricalChangesFile] as const;
