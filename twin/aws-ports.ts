/** Where Transfer Family listens for FTP, whatever the program says (user guide, "create-server-ftp"). */
export const controlPort = 21;
export const passivePorts = { from: 8192, to: 8200 } as const;
