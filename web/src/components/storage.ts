/** localStorage that may be full, forbidden or hold nonsense: then there simply is nothing remembered. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(`cordboard.${key}`);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`cordboard.${key}`);
    else localStorage.setItem(`cordboard.${key}`, JSON.stringify(value));
  } catch {
    // Not remembered; the page works all the same.
  }
}
