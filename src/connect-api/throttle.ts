/** A token bucket's rate and size: requests a second, and how many may come at once. */
interface Quota {
  readonly rate: number;
  readonly burst: number;
}

/** Source: Admin guide "Amazon Connect service quotas", API throttling quotas. */
const general: Quota = { rate: 2, burst: 5 };
const quotas: Readonly<Record<string, Quota>> = {
  GetMetricData: { rate: 5, burst: 8 },
  GetCurrentMetricData: { rate: 5, burst: 8 },
  GetMetricDataV2: { rate: 10, burst: 10 },
  DescribeContact: { rate: 10, burst: 15 },
  GetContactAttributes: { rate: 10, burst: 15 },
  StopContact: { rate: 10, burst: 15 },
  UpdateContact: { rate: 10, burst: 15 },
  UpdateContactAttributes: { rate: 10, burst: 15 },
  TagContact: { rate: 20, burst: 25 },
  UntagContact: { rate: 20, burst: 25 },
  ListIntegrationAssociations: { rate: 25, burst: 50 },
  StartChatContact: { rate: 5, burst: 8 },
  StartContactStreaming: { rate: 5, burst: 8 },
  StopContactStreaming: { rate: 5, burst: 8 },
};

/** False when the request is one too many. */
export type Throttle = (region: string, operation: string) => boolean;

/**
 * Amazon Connect's limits, so that automation can be tested against them: a bucket for each Region and operation, shared
 * by all access keys of the account. The buckets are this process's own: with several servers behind one address each
 * lets its share through.
 * @param now milliseconds of a clock that does not jump
 */
export function createThrottle(now: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; time: number }>();
  return (region, operation) => {
    const quota = quotas[operation] ?? general;
    const name = `${region}/${operation}`;
    const time = now();
    const bucket = buckets.get(name) ?? { tokens: quota.burst, time };
    const tokens = Math.min(quota.burst, bucket.tokens + ((time - bucket.time) / 1000) * quota.rate);
    const allowed = tokens >= 1;
    buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, time });
    return allowed;
  };
}
