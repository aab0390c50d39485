import { abor } from "./abor";
import type { Command } from "./command";
import { cdup, cwd, mkd, pwd, rmd } from "./directories";
import { dele, mdtm, mfmt, size } from "./files";
import { list, mlsd, nlst } from "./list";
import { pass, user } from "./login";
import { mlst } from "./mlst";
import { opts } from "./opts";
import { lang, mode, stru, type } from "./parameters";
import { epsv, pasv } from "./passive";
import { rnfr, rnto } from "./rename";
import { retr } from "./retr";
import { auth, pbsz, prot } from "./security";
import { feat, noop, quit, syst } from "./session-commands";
import { stat } from "./stat";
import { stor } from "./stor";
import { stou } from "./stou";

/** The commands that AWS lists for FTP (Transfer Family user guide, "Transferring files"), and no other. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ABOR: abor,
    AUTH: auth,
    CDUP: cdup,
    CWD: cwd,
    DELE: dele,
    EPSV: epsv,
    FEAT: feat,
    LANG: lang,
    LIST: list,
    MDTM: mdtm,
    MFMT: mfmt,
    MKD: mkd,
    MLSD: mlsd,
    MLST: mlst,
    MODE: mode,
    NLST: nlst,
    NOOP: noop,
    OPTS: opts,
    PASS: pass,
    PASV: pasv,
    PBSZ: pbsz,
    PROT: prot,
    PWD: pwd,
    QUIT: quit,
    RETR: retr,
    RMD: rmd,
    RNFR: rnfr,
    RNTO: rnto,
    SIZE: size,
    STAT: stat,
    STOR: stor,
    STOU: stou,
    STRU: stru,
    SYST: syst,
    TYPE: type,
    USER: user,
  }),
);

/** Commands allowed before the login; all others are answered 530, known or not (Apache FtpServer 1.2.1). */
export const commandsBeforeLogin: ReadonlySet<string> = new Set([
  "USER",
  "PASS",
  "AUTH",
  "PBSZ",
  "PROT",
  "QUIT",
]);
