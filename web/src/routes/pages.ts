import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type EndOfSession, endsOfSession } from '../api/session.ts';
import { activitySearch } from '../pages/activity/activity-state.ts';
import { loginSearch } from '../pages/activity/login-list-state.ts';
import { contactSearch } from '../pages/contacts/contact-list-state.ts';
import { changeSearch } from '../pages/historical-changes/change-list-state.ts';
import { quickConnectSearch } from '../pages/quick-connects/quick-connect-list-state.ts';
import { reportSearch } from '../pages/reports/report-search.ts';
import { savedReportSearch } from '../pages/saved-reports/saved-report-list-state.ts';
import { resultSearch, userBatchSearch } from '../pages/user-batches/batch-list-state.ts';
import { userSearch } from '../pages/users/user-list-state.ts';
import { page, root } from './page.ts';
import { wantedPath } from './paths.ts';

/** The one page outside: it is shown to who is not signed in. */
export const signInPage = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  /** Where to go afterwards, and why the session before is not there any more. */
  validateSearch: (given: Record<string, unknown>): { to?: string; why?: EndOfSession } => {
    const to = wantedPath(given.to);
    const why = endsOfSession.find((known) => known === given.why);
    return { ...(to && { to }), ...(why && { why }) };
  },
  component: lazyRouteComponent(() => import('../pages/sign-in/SignInPage.tsx'), 'SignInPage'),
});

export const homePage = page({
  path: '/',
  title: 'Nothing to administer',
  needs: [],
  width: 'default',
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
});

export const usersPage = page({
  path: '/users',
  title: 'User management',
  needs: ['Users.View'],
  place: 'Users',
  width: 'table',
  search: userSearch,
  component: lazyRouteComponent(() => import('../pages/users/UserList.tsx'), 'UserList'),
});

export const newUserPage = page({
  path: '/users/new',
  title: 'Create and set up a new user',
  needs: ['Users.Create'],
  under: usersPage,
  width: 'form',
  component: lazyRouteComponent(() => import('../pages/users/AddUserForm.tsx'), 'AddUserForm'),
});

export const userPage = page({
  path: '/users/$userId',
  title: (login) => login ?? 'User',
  needs: ['Users.View'],
  under: usersPage,
  width: 'default',
  component: lazyRouteComponent(() => import('../pages/users/UserPage.tsx'), 'UserPage'),
});

export const editUserPage = page({
  path: '/users/$userId/edit',
  title: (login) => `Edit ${login ?? 'user'}`,
  needs: ['Users.View', ['Users.Edit', 'Users.EditPermission']],
  under: userPage,
  width: 'form',
  component: lazyRouteComponent(() => import('../pages/users/EditUserPage.tsx'), 'EditUserPage'),
});

export const userBatchesPage = page({
  path: '/users/batches',
  title: 'User batches',
  needs: [['Users.View', 'Users.Delete']],
  place: 'Users',
  width: 'table',
  search: userBatchSearch,
  component: lazyRouteComponent(() => import('../pages/user-batches/BatchList.tsx'), 'BatchList'),
});

export const userBatchPage = page({
  path: '/users/batches/$batchId',
  title: (batch) => batch ?? 'User batch',
  needs: [['Users.View', 'Users.Delete']],
  under: userBatchesPage,
  width: 'default',
  search: resultSearch,
  component: lazyRouteComponent(() => import('../pages/user-batches/BatchPage.tsx'), 'BatchPage'),
});

export const historicalChangesPage = page({
  path: '/users/historical-changes',
  title: 'Historical changes',
  needs: ['HistoricalChanges.View'],
  place: 'Users',
  width: 'table',
  search: changeSearch,
  component: lazyRouteComponent(() => import('../pages/historical-changes/HistoricalChanges.tsx'), 'HistoricalChanges'),
});

export const quickConnectsPage = page({
  path: '/routing/quick-connects',
  title: 'Quick connects',
  needs: ['TransferDestinations.View'],
  place: 'Routing',
  width: 'table',
  search: quickConnectSearch,
  component: lazyRouteComponent(() => import('../pages/quick-connects/QuickConnectList.tsx'), 'QuickConnectList'),
});

export const newQuickConnectPage = page({
  path: '/routing/quick-connects/new',
  title: 'Add a quick connect',
  needs: ['TransferDestinations.Create'],
  under: quickConnectsPage,
  width: 'form',
  component: lazyRouteComponent(() => import('../pages/quick-connects/QuickConnectForm.tsx'), 'NewQuickConnect'),
});

export const quickConnectPage = page({
  path: '/routing/quick-connects/$quickConnectId',
  title: (name) => name ?? 'Quick connect',
  needs: ['TransferDestinations.View'],
  under: quickConnectsPage,
  width: 'form',
  component: lazyRouteComponent(() => import('../pages/quick-connects/QuickConnectPage.tsx'), 'QuickConnectPage'),
});

export const contactSearchPage = page({
  path: '/contact-search',
  title: 'Contact search',
  needs: [['ContactSearch.View', 'MyContacts.View']],
  place: 'Analytics and optimization',
  width: 'table',
  search: contactSearch,
  component: lazyRouteComponent(() => import('../pages/contacts/ContactSearch.tsx'), 'ContactSearch'),
});

export const contactPage = page({
  path: '/contact-search/$contactId',
  title: (contactId) => (contactId ? `Contact ${contactId}` : 'Contact details'),
  needs: [['ContactSearch.View', 'MyContacts.View']],
  under: contactSearchPage,
  width: 'default',
  component: lazyRouteComponent(() => import('../pages/contacts/ContactPage.tsx'), 'ContactPage'),
});

export const agentActivityPage = page({
  path: '/agent-activity-audit',
  title: 'Agent activity audit',
  needs: [['AccessMetrics.AgentActivityAudit.Access', 'AccessMetrics']],
  place: 'Analytics and optimization',
  width: 'default',
  search: activitySearch,
  component: lazyRouteComponent(() => import('../pages/activity/AgentActivity.tsx'), 'AgentActivity'),
});

export const loginLogoutPage = page({
  path: '/login-logout',
  title: 'Login/Logout report',
  needs: ['AgentTimeCard.View'],
  place: 'Analytics and optimization',
  width: 'table',
  search: loginSearch,
  component: lazyRouteComponent(() => import('../pages/activity/LoginLogout.tsx'), 'LoginLogout'),
});

const seesReports = [['AccessMetrics.HistoricalMetrics.Access', 'AccessMetrics']] as const;

export const reportsPage = page({
  path: '/historical-metrics',
  title: 'Historical metrics',
  needs: seesReports,
  place: 'Analytics and optimization',
  width: 'default',
  component: lazyRouteComponent(() => import('../pages/reports/ReportChoice.tsx'), 'ReportChoice'),
});

export const reportPage = page({
  path: '/historical-metrics/$report',
  title: (report) => report ?? 'Report',
  needs: seesReports,
  under: reportsPage,
  width: 'table',
  search: reportSearch,
  component: lazyRouteComponent(() => import('../pages/reports/ReportPage.tsx'), 'ReportPage'),
});

const seesSavedReports = ['MetricsReports.View', 'ReportsAdmin.View'] as const;

export const savedReportsPage = page({
  path: '/saved-reports',
  title: 'Saved reports',
  needs: [seesSavedReports],
  place: 'Analytics and optimization',
  width: 'table',
  search: savedReportSearch,
  component: lazyRouteComponent(() => import('../pages/saved-reports/SavedReportList.tsx'), 'SavedReportList'),
});

export const savedReportPage = page({
  path: '/saved-reports/$savedReportId',
  title: (name) => name ?? 'Saved report',
  needs: [seesSavedReports, ...seesReports],
  under: savedReportsPage,
  width: 'table',
  search: reportSearch,
  component: lazyRouteComponent(() => import('../pages/saved-reports/SavedReportPage.tsx'), 'SavedReportPage'),
});

/** Everybody's own, whatever they may do. */
export const accountPage = page({
  path: '/account',
  title: 'My account',
  needs: [],
  width: 'default',
  component: lazyRouteComponent(() => import('../pages/account/AccountPage.tsx'), 'AccountPage'),
});

/** Where no other page is. */
export const noSuchPage = page({
  path: '$',
  title: 'There is no such page',
  needs: [],
  width: 'default',
  component: lazyRouteComponent(() => import('./NoSuchPage.tsx'), 'NoSuchPage'),
});

/** Every page behind the sign-in. */
export const pages = [
  homePage,
  usersPage,
  newUserPage,
  userPage,
  editUserPage,
  userBatchesPage,
  userBatchPage,
  historicalChangesPage,
  quickConnectsPage,
  newQuickConnectPage,
  quickConnectPage,
  contactSearchPage,
  contactPage,
  agentActivityPage,
  loginLogoutPage,
  reportsPage,
  reportPage,
  savedReportsPage,
  savedReportPage,
  accountPage,
  noSuchPage,
] as const;
