/**
 * Work that need not be looked for at every turn of the worker: once in so many milliseconds in each process, and
 * then on until nothing of it is left. A piece answers whether there is more of it; one that fails waits for the next time.
 * @param now milliseconds of a clock that does not jump
 */
export function every(
  milliseconds: number,
  now: () => number,
  pieces: readonly (() => Promise<boolean>)[],
): () => Promise<'DONE' | 'NOTHING'> {
  let due = Number.NEGATIVE_INFINITY;
  const left: (() => Promise<boolean>)[] = [];
  return async () => {
    if (now() >= due) {
      due = now() + milliseconds;
      left.splice(0, left.length, ...pieces);
    }
    // Taken out before it runs: the worker's other loop takes the next one.
    const piece = left.shift();
    if (!piece) return 'NOTHING';
    if (await piece()) left.push(piece);
    return left.length > 0 ? 'DONE' : 'NOTHING';
  };
}
