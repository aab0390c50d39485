/** Requests to SORACOM per second, over all operations, unless the user gives a rate. */
export const defaultRequestsPerSecond = 10;
