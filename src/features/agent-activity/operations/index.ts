import { checkAgentHistory } from './check-agent-history.ts';
import { downloadAgentActivity, getAgentActivity } from './get-agent-activity.ts';
import { downloadLoginLogoutReport, getLoginLogoutReport } from './get-login-logout-report.ts';
import { importAgentEvents } from './import-agent-events.ts';

export const agentActivityOperations = [
  importAgentEvents,
  getAgentActivity,
  downloadAgentActivity,
  getLoginLogoutReport,
  downloadLoginLogoutReport,
  checkAgentHistory,
] as const;
