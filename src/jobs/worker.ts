export interface WorkerOptions {
  /** Does a piece of work; false when there was none. What it throws is logged, and the worker waits a little longer. */
  readonly runRange: () => Promise<boolean>;
  /** Pieces at the same time in this process. 2 if left out. */
  readonly concurrency?: number;
  readonly log: WorkerLog;
}

/** A pino logger is one. */
export interface WorkerLog {
  error(details: object, message: string): void;
}

export interface Worker {
  /** Lets the running pieces finish and takes no more. */
  stop(): Promise<void>;
  /** Whether every loop runs and its last look was no failure. */
  healthy(): boolean;
}

/** How long an idle worker waits: work that another process left behind is found within this. */
const pollMs = 250;
const longestBackOffMs = 5000;

/**
 * Looks for work until it is stopped: at once after a piece of work, four times a second when idle, ever more slowly
 * while it fails. It knows nothing of what the work is.
 */
export function startWorker({ runRange, concurrency = 2, log }: WorkerOptions): Worker {
  let stopping = false;
  const failures = new Array<number>(concurrency).fill(0);
  const sleepers = new Set<() => void>();

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const awake = () => {
        clearTimeout(timer);
        sleepers.delete(awake);
        resolve();
      };
      const timer = setTimeout(awake, ms);
      sleepers.add(awake);
    });

  const loop = async (slot: number) => {
    while (!stopping) {
      let worked = false;
      try {
        worked = await runRange();
        failures[slot] = 0;
      } catch (error) {
        const count = (failures[slot] ?? 0) + 1;
        failures[slot] = count;
        log.error({ err: error, failures: count }, 'The worker could not do its work and will try again');
        if (!stopping) await sleep(Math.min(pollMs * 2 ** (count - 1), longestBackOffMs));
        continue;
      }
      if (!worked && !stopping) await sleep(pollMs);
    }
  };

  const loops = Array.from({ length: concurrency }, (_, slot) => loop(slot));
  return {
    stop: async () => {
      stopping = true;
      for (const awake of [...sleepers]) awake();
      await Promise.all(loops);
    },
    healthy: () => !stopping && failures.every((count) => count === 0),
  };
}
