/** A value that a request may not have. The message names the member by its path and never repeats the value. */
export class RefusedValue extends Error {
  override readonly name = 'RefusedValue';
}
