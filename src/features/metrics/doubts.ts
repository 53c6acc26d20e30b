/** What Amazon Connect leaves open or says in two ways; each is decided here, once. */

/** GetMetricDataV2 has been seen to answer 0.1528 for occupancy, though its unit is a percentage. */
export const occupancyFactor: 1 | 100 = 1;

/** Counts and sums without anything to count or sum are 0, or unknown. */
export const emptySum: 0 | null = 0;

/** What else than an answer ended an offer to an agent; an error of the line is one that the agent did not answer either. */
export const notAnswered = ['MISSED', 'REJECTED', 'CUSTOMER_LEFT', 'ERROR'] as const;

/** Only calls tell whether the customer left while they were offered. */
export const customerAbandonsOf = 'VOICE';
