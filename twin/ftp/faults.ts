/** Faults that the endpoint injects, to test the recovery of devices. */
export type EndpointFault =
  "drop-control" | "drop-data" | "silent-control" | "silent-data" | "refuse-passive";

/** Called each time a fault can occur; true injects it. */
export type Faults = (fault: EndpointFault) => boolean;

export const noFaults: Faults = () => false;
