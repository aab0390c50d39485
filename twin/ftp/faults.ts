/** Faults that the endpoint injects, to test the recovery of devices. */
export type EndpointFault =
  "drop-control" | "drop-data" | "silent-control" | "silent-data" | "refuse-passive";

/** Called each time a fault could happen; true makes it happen. */
export type Faults = (fault: EndpointFault) => boolean;

export const noFaults: Faults = () => false;
