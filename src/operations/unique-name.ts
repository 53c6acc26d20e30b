import { isUniqueViolation } from '../database/transaction.ts';
import { duplicate } from './errors.ts';

/**
 * What a statement answers, or the refusal of a name that the instance has already: the unique constraint decides, so
 * that two requests at once cannot both have it. @throws DuplicateResourceException
 */
export async function withUniqueName<T>(
  { constraint, kind, name }: { readonly constraint: string; readonly kind: string; readonly name: string },
  statement: Promise<T>,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (!isUniqueViolation(error, constraint)) throw error;
    throw duplicate(`Another ${kind} is named "${name}" already. Choose another name.`);
  }
}
