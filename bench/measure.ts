import type pg from 'pg';
import type { Api } from '../test/support/api.ts';
import type { TestServer } from '../test/support/server.ts';

/** What a suite measures in: the unit of its values, and the decimals that mean something. */
export type Unit = 's' | 'ms' | 'MiB' | 'KiB' | 'times' | 'a second';

export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Measurement {
  readonly suite: string;
  readonly what: string;
  readonly unit: Unit;
  readonly median: number;
  /** The lowest and highest value of the run. */
  readonly lowest: number;
  readonly highest: number;
  readonly rounds: number;
  readonly goal: Goal | null;
  /** Null without a goal. */
  readonly met: boolean | null;
}

export type Report = (what: string, unit: Unit, values: readonly number[], goal?: Goal) => void;

/** A server that runs, ways to call it and to reach past it into its database, and its first instance. */
export interface Ground {
  readonly server: TestServer;
  readonly call: Api;
  readonly client: pg.Client;
  readonly instanceId: string;
}

export interface Suite {
  readonly name: string;
  /** One line for `npm run bench -- --help`. */
  readonly about: string;
  /** Measures, and reports each value as soon as it is known. Whatever it starts, it ends. */
  run(report: Report): Promise<void>;
}

const middle = (sorted: readonly number[]) => {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
};

export function median(values: readonly number[]): number {
  return middle(values.toSorted((a, b) => a - b));
}

/** Summed up, with its goal judged by the median. */
export function measurement(
  suite: string,
  what: string,
  unit: Unit,
  values: readonly number[],
  goal: Goal | undefined,
): Measurement {
  const sorted = values.toSorted((a, b) => a - b);
  const value = middle(sorted);
  const met = goal
    ? value <= (goal.atMost ?? Number.POSITIVE_INFINITY) && value >= (goal.atLeast ?? Number.NEGATIVE_INFINITY)
    : null;
  return {
    suite,
    what,
    unit,
    median: value,
    lowest: sorted[0] ?? Number.NaN,
    highest: sorted.at(-1) ?? Number.NaN,
    rounds: sorted.length,
    goal: goal ?? null,
    met,
  };
}

/**
 * Times what is compared in turns (A B A B …), so that whatever else the machine does falls on all of them alike.
 * A first turn of each warms up and does not count. What `prepare` does before each round is not timed.
 * Answers milliseconds, a list for each.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  compared: Readonly<Record<Name, () => Promise<unknown>>>,
  prepare: () => Promise<void> = async () => {},
): Promise<Record<Name, number[]>> {
  const names = Object.keys(compared) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    await prepare();
    for (const name of names) {
      const began = performance.now();
      await compared[name]();
      if (round > 0) times[name].push(performance.now() - began);
    }
  }
  return times;
}

/** The ratio of each round's pair, whose spread is then that of the comparison and not of the machine. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, round) => value / (below[round] ?? Number.NaN));
}
