/** Follows a list from page to page; answers the pages. */
export async function allPages<Page extends { NextToken?: string | undefined }>(
  next: (token: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    pages.push(page);
    if (page.NextToken !== undefined && page.NextToken === token) throw new Error('The list does not get on.');
    token = page.NextToken;
  } while (token !== undefined);
  return pages;
}

/** The code of the refusal that a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return 'was not refused';
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return String(error.code);
}
