/** The ports of Transfer Family for FTP, which cannot be changed (user guide, "create-server-ftp"). */
export const controlPort = 21;
export const passivePorts = { from: 8192, to: 8200 } as const;
