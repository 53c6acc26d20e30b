import { readdirSync, readFileSync } from 'node:fs';

/** Proportional memory in MiB of a process and everything below it: shared pages count once. Linux only. */
export function memoryOfTree(pid: number): { node: number; postgres: number } {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^PPid:\t(\d+)/m.exec(read(`/proc/${name}/status`))?.[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const below = (process: number): boolean => {
    for (let at: number | undefined = process; at !== undefined && at > 1; at = parents.get(at)) {
      if (at === pid) return true;
    }
    return false;
  };
  const sum = { node: 0, postgres: 0 };
  for (const process of parents.keys()) {
    if (!below(process)) continue;
    const kibibytes = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${process}/smaps_rollup`))?.[1] ?? 0);
    sum[process === pid ? 'node' : 'postgres'] += kibibytes / 1024;
  }
  return { node: Math.round(sum.node), postgres: Math.round(sum.postgres) };
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
