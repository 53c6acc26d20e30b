import { explain } from '../api/errors.ts';

/**
 * When a page's own code fails or cannot be loaded (a new version was installed meanwhile). Plain elements: what is
 * broken may be the components.
 */
export function PageError({ error }: { readonly error: unknown }) {
  const said = explain(error);
  return (
    <main role="alert" style={{ padding: 32 }}>
      <h1>{said.header}</h1>
      <p>{said.message}</p>
      <button type="button" onClick={() => window.location.reload()}>
        Reload the page
      </button>
    </main>
  );
}
