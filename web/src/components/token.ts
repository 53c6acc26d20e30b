/** A token that names one submission. crypto.randomUUID exists only on HTTPS and localhost; this works anywhere. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
