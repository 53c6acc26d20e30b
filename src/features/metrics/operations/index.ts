import { checkQueueHistory } from './check-queue-history.ts';
import { getCurrentMetricData } from './get-current-metric-data.ts';
import { downloadHistoricalReport, getHistoricalReport } from './get-historical-report.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricDataV2 } from './get-metric-data-v2.ts';
import { listReportAgents } from './list-report-agents.ts';

export const metricOperations = [
  getMetricDataV2,
  getMetricData,
  getCurrentMetricData,
  getHistoricalReport,
  downloadHistoricalReport,
  listReportAgents,
  checkQueueHistory,
] as const;
