import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageError } from './PageError.tsx';
import { parseSearch, stringifySearch } from './search.ts';

const root = createRootRoute();

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../pages/sign-in/SignInPage.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: lazyRouteComponent(() => import('./Console.tsx'), 'Console'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: '/users',
  component: lazyRouteComponent(() => import('../pages/users/UserManagementPage.tsx'), 'UserManagementPage'),
});

const newUser = createRoute({
  getParentRoute: () => inside,
  path: '/users/new',
  component: lazyRouteComponent(() => import('../pages/users/AddUserPage.tsx'), 'AddUserPage'),
});

const user = createRoute({
  getParentRoute: () => inside,
  path: '/users/$userId',
  component: lazyRouteComponent(() => import('../pages/users/UserPage.tsx'), 'UserPage'),
});

const editUser = createRoute({
  getParentRoute: () => inside,
  path: '/users/$userId/edit',
  component: lazyRouteComponent(() => import('../pages/users/EditUserPage.tsx'), 'EditUserPage'),
});

const batches = createRoute({
  getParentRoute: () => inside,
  path: '/users/batches',
  component: lazyRouteComponent(() => import('../pages/user-batches/BatchListPage.tsx'), 'BatchListPage'),
});

const batch = createRoute({
  getParentRoute: () => inside,
  path: '/users/batches/$batchId',
  component: lazyRouteComponent(() => import('../pages/user-batches/BatchPage.tsx'), 'BatchPage'),
});

const quickConnects = createRoute({
  getParentRoute: () => inside,
  path: '/routing/quick-connects',
  component: lazyRouteComponent(() => import('../pages/quick-connects/QuickConnectsPage.tsx'), 'QuickConnectsPage'),
});

const newQuickConnect = createRoute({
  getParentRoute: () => inside,
  path: '/routing/quick-connects/new',
  component: lazyRouteComponent(() => import('../pages/quick-connects/AddQuickConnectPage.tsx'), 'AddQuickConnectPage'),
});

const quickConnect = createRoute({
  getParentRoute: () => inside,
  path: '/routing/quick-connects/$quickConnectId',
  component: lazyRouteComponent(() => import('../pages/quick-connects/QuickConnectPage.tsx'), 'QuickConnectPage'),
});

const missing = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: lazyRouteComponent(() => import('./NoSuchPage.tsx'), 'NoSuchPage'),
});

const routeTree = root.addChildren([
  signIn,
  inside.addChildren([
    home,
    users,
    newUser,
    user,
    editUser,
    batches,
    batch,
    quickConnects,
    newQuickConnect,
    quickConnect,
    missing,
  ]),
]);

export function createConsoleRouter() {
  return createRouter({
    routeTree,
    basepath: '/console',
    parseSearch,
    stringifySearch,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
