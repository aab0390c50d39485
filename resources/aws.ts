import { filter } from "./network-reads";
import type { Service } from "./resource-type";
import { zonesOf } from "./zones";

/** The package's own functions, which describe the caller and not a service. */
export const aws: Service = {
  invokes: {
    "aws:index/getCallerIdentity:getCallerIdentity": {
      result: (_inputs, { accountId }) => ({
        id: accountId,
        accountId,
        arn: `arn:aws:iam::${accountId}:user/twin`,
        userId: "twin",
      }),
      actions: ["sts:GetCallerIdentity"],
    },

    "aws:index/getAvailabilityZones:getAvailabilityZones": {
      result: ({ filters }, { region }) => {
        const types = filter(filters, "zone-type");
        const names = zonesOf(region)
          .filter(({ type }) => types?.includes(type) ?? true)
          .map(({ name }) => name);
        return { id: region, region, names, zoneIds: names, groupNames: [region] };
      },
      actions: ["ec2:DescribeAvailabilityZones"],
    },

    "aws:index/getRegion:getRegion": {
      result: (_inputs, { region }) => ({ id: region, region, name: region, description: region }),
      actions: [],
    },

    "aws:index/getPartition:getPartition": {
      result: (_inputs, { partition }) => ({
        id: partition,
        partition,
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      }),
      actions: [],
    },
  },
};
