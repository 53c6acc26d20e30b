import { importContactRecords } from './operations/import-contact-records.ts';

export const contactOperations = [importContactRecords] as const;
