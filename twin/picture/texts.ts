/** The texts of the picture in its languages. */
import type { Fact, PartName } from "./part";

export const languages = ["en", "ja"] as const;
export type Language = (typeof languages)[number];

interface Words {
  readonly parts: Readonly<Record<PartName, string>>;
  readonly title: (project: string, stack: string) => string;
  readonly note: readonly string[];
  readonly fact: (fact: Fact) => string;
}

const types: Readonly<Record<number, string>> = { 14: "Type-E", 15: "Type-F", 242: "Type-F2" };
const typeName = (type: number) => types[type] ?? `Type ${type}`;
const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

export const words: Readonly<Record<Language, Words>> = {
  en: {
    parts: {
      device: "Device",
      sims: "SIM group",
      vpg: "VPG",
      canal: "Canal: VPC peering",
      vpc: "VPC",
      endpoint: "FTP endpoint",
      identity: "Identity provider",
      bucket: "S3 bucket",
      events: "Upload events",
    },
    title: (project, stack) => `${project}, stack ${stack}`,
    note: [
      "Names and numbers are those of the program.",
      "SORACOM assigns the VPG's range:",
      "the one shown is an example.",
    ],
    fact: (fact) => {
      switch (fact[0]) {
        case "ftpClient":
          return "FTP: passive mode, binary";
        case "deviceRange":
          return `device addresses: ${fact[1]}`;
        case "sims":
          return fact[1] === 0 ? "no SIM in the stack's file" : counted(fact[1], "SIM", "SIMs");
        case "vpgType":
          return typeName(fact[1]);
        case "seenFrom":
          return `devices seen from ${fact[1]}`;
        case "noInternet":
          return "no route to the internet";
        case "peering":
          return fact[1] ? "accepted on the AWS side" : "not accepted: no traffic";
        case "leadsTo":
          return `leads to ${fact[1]}`;
        case "range":
          return fact[1];
        case "subnets":
          return `${counted(fact[1], "subnet", "subnets")}${fact[2] && `, zones ${fact[2]}`}`;
        case "routes":
          return `${counted(fact[1], "route", "routes")} back to ${fact[2]}`;
        case "transferFamily":
          return "AWS Transfer Family, private";
        case "ports":
          return `TCP ${fact[1] || "none"}`;
        case "allowedFrom":
          return `open to ${fact[1] || "no range"}`;
        case "overApi":
          return "API Gateway, then Lambda";
        case "overInvoke":
          return "Lambda";
        case "userStore":
          return `users in ${fact[1]}`;
        case "lockout":
          return `${counted(fact[1], "failure locks", "failures lock")} for ${minutes(fact[2])} min`;
        case "versioning":
          return fact[1] ? "versioning enabled" : "versioning not enabled";
        case "oldVersions":
          return `old versions expire after ${counted(fact[1], "day", "days")}`;
        case "encrypted":
          return `encrypted: ${fact[1]}`;
        case "eventBridge":
          return "EventBridge, default bus";
        case "eventRules":
          return fact[1] === 0
            ? "no rule in this stack"
            : `${counted(fact[1], "rule", "rules")}, ${counted(fact[2], "target", "targets")}`;
      }
    },
  },
  ja: {
    parts: {
      device: "デバイス",
      sims: "SIM グループ",
      vpg: "VPG",
      canal: "Canal（VPC ピアリング）",
      vpc: "VPC",
      endpoint: "FTP エンドポイント",
      identity: "ID プロバイダー",
      bucket: "S3 バケット",
      events: "アップロードイベント",
    },
    title: (project, stack) => `${project}（スタック: ${stack}）`,
    note: [
      "名前と数値はプログラムが定めたものです。",
      "VPG の範囲は SORACOM が割り当てるため、",
      "図では仮の値です。",
    ],
    fact: (fact) => {
      switch (fact[0]) {
        case "ftpClient":
          return "FTP: パッシブモード、バイナリ";
        case "deviceRange":
          return `自身のアドレス: ${fact[1]}`;
        case "sims":
          return fact[1] === 0 ? "設定ファイルに SIM なし" : `SIM ${fact[1]} 枚`;
        case "vpgType":
          return typeName(fact[1]);
        case "seenFrom":
          return `AWS から見える範囲: ${fact[1]}`;
        case "noInternet":
          return "インターネットへの経路なし";
        case "peering":
          return fact[1] ? "AWS 側で承認済み" : "未承認（通信できません）";
        case "leadsTo":
          return `接続先: ${fact[1]}`;
        case "range":
          return fact[1];
        case "subnets":
          return `サブネット ${fact[1]} 個${fact[2] && `（ゾーン ${fact[2]}）`}`;
        case "routes":
          return `戻りの経路 ${fact[1]} 本: ${fact[2]}`;
        case "transferFamily":
          return "AWS Transfer Family（非公開）";
        case "ports":
          return `TCP ${fact[1] || "なし"}`;
        case "allowedFrom":
          return `許可する範囲: ${fact[1] || "なし"}`;
        case "overApi":
          return "API Gateway 経由の Lambda";
        case "overInvoke":
          return "Lambda";
        case "userStore":
          return `ユーザー情報: ${fact[1]}`;
        case "lockout":
          return `${fact[1]} 回失敗すると ${minutes(fact[2])} 分ロック`;
        case "versioning":
          return fact[1] ? "旧バージョンを保存" : "旧バージョンを保存しない";
        case "oldVersions":
          return `旧バージョンは ${fact[1]} 日後に削除`;
        case "encrypted":
          return `暗号化: ${fact[1]}`;
        case "eventBridge":
          return "EventBridge（デフォルトバス）";
        case "eventRules":
          return fact[1] === 0
            ? "このスタックにルールなし"
            : `ルール ${fact[1]} 個、ターゲット ${fact[2]} 個`;
      }
    },
  },
};

const minutes = (seconds: number) => Math.round(seconds / 6) / 10;
