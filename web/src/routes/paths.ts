/** Where the website begins, as the address bar has it. */
export const home = '/console/';

export const isSignIn = (path: string): boolean => /^(\/console)?\/sign-in(\?|$)/.test(path);

/** Where to go after sign-in: only ever inside this website, whatever the address bar says; null for the start. */
export function wantedPath(to: unknown): string | null {
  return typeof to === 'string' && to.startsWith(home) && to !== home && !isSignIn(to) ? to : null;
}
