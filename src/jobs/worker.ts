export interface WorkerOptions {
  /**
   * Does a piece of work. After one that failed the loop waits a little, ever longer. What it throws is trouble that
   * every piece would meet: until it is over, one loop looks for work, and the others wait.
   */
  readonly runRange: () => Promise<'DONE' | 'FAILED' | 'NOTHING'>;
  /** What to say of an error that it throws; null leaves it to the log. */
  readonly explain?: (error: unknown) => string | null;
  /** Pieces at the same time in this process. 2 if left out. */
  readonly concurrency?: number;
  readonly log: WorkerLog;
}

/** A pino logger is one. */
export interface WorkerLog {
  info(message: string): void;
  error(details: object, message: string): void;
}

export interface Worker {
  /** Lets the running pieces finish and takes no more. */
  stop(): Promise<void>;
  /** Whether it runs and meets no trouble. */
  healthy(): boolean;
  /** What keeps it from working. */
  trouble(): string | null;
}

/** How long an idle worker waits: work that another process left behind is found within this. */
const pollMs = 250;
const longestBackOffMs = 5000;

/**
 * Looks for work until it is stopped: at once after a piece of work, four times a second when idle, ever more slowly
 * while it fails. It knows nothing of what the work is.
 */
export function startWorker({ runRange, concurrency = 2, log, explain }: WorkerOptions): Worker {
  let stopping = false;
  let trouble: { readonly slot: number; readonly what: string; readonly failures: number } | null = null;
  const sleepers = new Set<() => void>();

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      if (stopping) return resolve();
      const awake = () => {
        clearTimeout(timer);
        sleepers.delete(awake);
        resolve();
      };
      const timer = setTimeout(awake, ms);
      sleepers.add(awake);
    });

  const overcome = () => {
    if (trouble) log.info('The worker works again');
    trouble = null;
  };
  /** Logs when the trouble begins and when it becomes another, and not for each look in between. */
  const meet = (slot: number, error: unknown): number => {
    const explained = explain?.(error) ?? null;
    const what = explained ?? 'The worker could not do its work; the log says more.';
    // A stop that is out of patience takes the ground away, and says so itself.
    const cutOff = stopping && explained !== null;
    if (trouble?.what !== what && !cutOff)
      log.error({ err: error }, 'The worker could not do its work and will try again');
    const failures: number = (trouble?.failures ?? 0) + 1;
    trouble = { slot, what, failures };
    return failures;
  };

  const loop = async (slot: number) => {
    let failed = 0;
    while (!stopping) {
      if (trouble && trouble.slot !== slot) {
        await sleep(pollMs);
        continue;
      }
      try {
        const work = await runRange();
        overcome();
        failed = work === 'FAILED' ? failed + 1 : 0;
        if (work === 'FAILED') await sleep(backOffMs(failed));
        else if (work === 'NOTHING') await sleep(pollMs);
      } catch (error) {
        await sleep(backOffMs(meet(slot, error)));
      }
    }
  };

  const loops = Array.from({ length: concurrency }, (_, slot) => loop(slot));
  return {
    stop: async () => {
      stopping = true;
      for (const awake of [...sleepers]) awake();
      await Promise.all(loops);
    },
    healthy: () => !stopping && trouble === null,
    trouble: () => trouble?.what ?? null,
  };
}

const backOffMs = (failures: number) => Math.min(pollMs * 2 ** (failures - 1), longestBackOffMs);
