/** Every address of the website, as a link writes it. */
export const home = '/console/';
export const usersPath = '/console/users';
export const newUserPath = '/console/users/new';
export const userPath = (id: string) => `/console/users/${encodeURIComponent(id)}`;
export const editUserPath = (id: string) => `${userPath(id)}/edit`;
export const batchesPath = '/console/users/batches';
export const batchPath = (id: string) => `/console/users/batches/${encodeURIComponent(id)}`;
export const quickConnectsPath = '/console/routing/quick-connects';
export const newQuickConnectPath = '/console/routing/quick-connects/new';
export const quickConnectPath = (id: string) => `/console/routing/quick-connects/${encodeURIComponent(id)}`;

/** Sign-in that comes back to where somebody wanted to be. */
export function signInPath(wanted: string): string {
  return wanted === home ? '/console/sign-in' : `/console/sign-in?${new URLSearchParams({ to: wanted })}`;
}

/** Where to go after sign-in: only ever inside this website, whatever the address bar says. */
export function wantedPath(to: string | null): string {
  return to?.startsWith(home) && !isSignIn(to) ? to : home;
}

export const isSignIn = (path: string): boolean => /^(\/console)?\/sign-in(\?|$)/.test(path);
