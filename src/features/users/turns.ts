/** Lets somebody who was admitted do a piece of work when their turn has come. */
export type InTurn = <R>(work: () => Promise<R>) => Promise<R>;

/**
 * Work of which only a few pieces may run at the same time, first come first served. Whoever is admitted keeps a place
 * until `task` is over; nothing but the work itself is done in a turn, so that no turn waits for anything else.
 */
export function createTurns(parallel: number) {
  let places = 0;
  let free = parallel;
  const waiting: (() => void)[] = [];

  const inTurn: InTurn = async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The turn is handed on without becoming free in between: nobody jumps the queue.
      if (next) next();
      else free += 1;
    }
  };

  return {
    /** Null, without having called `task`, when so many have a place already. */
    async admit<R>(limit: number, task: (inTurn: InTurn) => Promise<R>): Promise<R | null> {
      if (places >= limit) return null;
      places += 1;
      try {
        return await task(inTurn);
      } finally {
        places -= 1;
      }
    },
    inTurn,
  };
}
