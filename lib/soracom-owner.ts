/** A whole owner id at SORACOM: project, stack and ten random characters, for example `canal-ftp/dev/k3j9x2ab4m`. */
export const ownerForm = /^[\w-]+\/[\w-]+\/[a-z2-9]{10}$/;
