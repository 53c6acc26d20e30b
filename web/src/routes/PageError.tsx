import { explain } from '../api/errors.ts';

/**
 * When a page's own code fails or cannot be loaded (a new version was installed meanwhile). Plain elements: what is
 * broken may be the components.
 */
export function PageError({ error }: { readonly error: unknown }) {
  const said = isMissingCode(error) ? notLoaded : explain(error);
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

const notLoaded = {
  header: 'This page could not be loaded',
  message: 'The connection is lost, or Cordboard was updated since this tab was opened. Reload the page.',
};

/** What browsers throw when a part of the website cannot be fetched; they have no error class for it. */
function isMissingCode(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script|preload CSS/i.test(error.message);
}
