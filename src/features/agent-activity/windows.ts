/** A stretch of an agent's events that has to be derived again. */
export interface Window {
  readonly agentId: string;
  /** The time of the last event before it; its own first event's if there is none. */
  readonly from: Date;
  /** The time of the next event behind it; null if there is none. */
  readonly to: Date | null;
  readonly hasEventBefore: boolean;
}

/** Those that overlap or touch as one. */
export function merged(windows: readonly Window[]): Window[] {
  const sorted = [...windows].sort((one, other) =>
    one.agentId === other.agentId
      ? one.from.getTime() - other.from.getTime() || Number(one.hasEventBefore) - Number(other.hasEventBefore)
      : one.agentId < other.agentId
        ? -1
        : 1,
  );
  const all: Window[] = [];
  for (const window of sorted) {
    const last = all.at(-1);
    if (last && last.agentId === window.agentId && (last.to === null || last.to >= window.from)) {
      const to = last.to === null || window.to === null ? null : window.to > last.to ? window.to : last.to;
      all[all.length - 1] = { ...last, to };
    } else all.push(window);
  }
  return all;
}
