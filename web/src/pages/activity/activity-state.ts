import { isDay, isTimeZone } from '../../components/time-zone.ts';

/** What the address of Agent activity audit says: the report that is shown, if any. */
export interface ActivityAddress {
  readonly agent?: string;
  readonly day?: string;
  readonly zone?: string;
}

export function activitySearch(given: Readonly<Record<string, unknown>>): ActivityAddress {
  const { agent, day, zone } = given;
  return {
    ...(typeof agent === 'string' && agent !== '' && { agent: agent.slice(0, 36) }),
    ...(typeof day === 'string' && isDay(day) && { day }),
    ...(typeof zone === 'string' && isTimeZone(zone) && { zone }),
  };
}
