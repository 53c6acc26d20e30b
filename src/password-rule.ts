/** What a password must be, wherever one is set: the model's pattern, without control characters, which it does not mention. */
export const passwordForm = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[^\s\p{Cc}]{8,64}$/u;
export const passwordWords =
  '8 to 64 characters, without spaces, with at least one lower-case letter, one upper-case letter and one digit';
