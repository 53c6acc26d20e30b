/** What Amazon Connect leaves open or says in two ways; each is decided here, once. */

/** GetMetricDataV2 has been seen to answer 0.1528 for occupancy, though its unit is a percentage. */
export const occupancyFactor: 1 | 100 = 1;

/** Counts and sums without anything to count or sum are 0, or unknown. */
export const emptySum: 0 | null = 0;

/**
 * What else than an answer ended an offer to an agent. That an error is one of them is inferred: the guide counts whatever was
 * routed to an agent and not answered, whoever it was that gave up, and in numbers that were seen the accepted and the not
 * answered attempts were together all of them (2,619 and 435 of 3,054), so that an attempt which is neither is not left.
 */
export const notAnswered = ['MISSED', 'REJECTED', 'CUSTOMER_LEFT', 'ERROR'] as const;

/** Only calls tell whether the customer left while they were offered. */
export const customerAbandonsOf = 'VOICE';
