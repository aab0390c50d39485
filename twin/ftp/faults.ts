/** What the endpoint can be made to do wrong on purpose, so that a device's own recovery can be tried. */
export type EndpointFault = "drop-control" | "drop-data" | "refuse-passive";

/** Asked each time a fault could happen; true makes it happen. */
export type Faults = (fault: EndpointFault) => boolean;

export const noFaults: Faults = () => false;
