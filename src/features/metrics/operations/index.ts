import { getHistoricalReport, getHistoricalReportFile } from './get-historical-report.ts';
import { listReportAgents } from './list-report-agents.ts';

export const metricOperations = [getHistoricalReport, getHistoricalReportFile, listReportAgents] as const;
