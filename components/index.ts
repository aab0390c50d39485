/** What another program may use of this one: `import { FtpServer } from "canal-ftp/components"`. */
export { chooseZones, type ZonesRequest } from "./availability-zones";
export { Canal, type CanalArgs } from "./canal";
export { Canary, type CanaryArgs } from "./canary";
export { DeviceDns, type DeviceDnsArgs } from "./device-dns";
export { EndpointNetwork, type EndpointNetworkArgs, type ExistingVpc } from "./endpoint-network";
export { FileStore, type FileStoreArgs } from "./file-store";
export { FtpServer, type FtpServerArgs } from "./ftp-server";
export {
  type IdentityConnection,
  IdentityProvider,
  type IdentityProviderArgs,
  type InitialUser,
} from "./identity-provider";
export {
  type MonitoredCanary,
  type MonitoredUploads,
  Operations,
  type OperationsArgs,
} from "./operations";
export { type AlarmLimits, usualLimits } from "./operations/limits";
export type { LoginGrants, LoginRules } from "./identity-function";
export type { InputTags } from "./internal/tags";
export { SilentDevicesReport, type SilentDevicesReportArgs } from "./silent-devices-report";
export { SimGroup, type SimGroupArgs } from "./sim-group";
export { SoracomClaim, type SoracomClaimArgs } from "./soracom-claim";
export { UploadEvents, type UploadEventsArgs } from "./upload-events";
export type { UploadCode } from "./upload-function";
export type { OnUpload, UploadedFile } from "../lambdas/upload-events/uploaded-file";
export {
  VirtualPrivateGateway,
  type VirtualPrivateGatewayArgs,
  type VpgConnection,
  vpgRange,
} from "./vpg";
