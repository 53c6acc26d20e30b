/** Milliseconds of an interval: every time zone's hours and days are made of quarters of an hour in UTC. */
export const quarter = 900_000;

export const quarterOf = (time: Date): Date => new Date(Math.floor(time.getTime() / quarter) * quarter);
