/** The texts of the picture in its languages. */
import type { Fact, FactTexts, PartName } from "./part";

export const languages = ["en", "ja"] as const;
export type Language = (typeof languages)[number];

interface Words {
  readonly parts: Readonly<Record<PartName, string>>;
  readonly title: (project: string, stack: string) => string;
  readonly note: readonly string[];
  readonly facts: FactTexts;
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
    facts: {
      ftpClient: () => "FTP: passive mode, binary",
      deviceRange: (cidr) => `device addresses: ${cidr}`,
      sims: (count) => (count === 0 ? "no SIM in the stack's file" : counted(count, "SIM", "SIMs")),
      vpgType: typeName,
      seenFrom: (cidr) => `devices seen from ${cidr}`,
      noInternet: () => "no route to the internet",
      peering: (accepted) => (accepted ? "accepted on the AWS side" : "not accepted: no traffic"),
      leadsTo: (cidr) => `leads to ${cidr}`,
      range: (cidr) => cidr,
      subnets: (count, zones) =>
        `${counted(count, "subnet", "subnets")}${zones && `, zones ${zones}`}`,
      routes: (count, cidr) => `${counted(count, "route", "routes")} back to ${cidr}`,
      transferFamily: () => "AWS Transfer Family, private",
      ports: (ports) => `TCP ${ports || "none"}`,
      allowedFrom: (ranges) => `open to ${ranges || "no range"}`,
      overApi: () => "API Gateway, then Lambda",
      overInvoke: () => "Lambda",
      userStore: (store) => `users in ${store}`,
      lockout: (failures, seconds) =>
        `${counted(failures, "failure locks", "failures lock")} for ${minutes(seconds)} min`,
      versioning: (isOn) => (isOn ? "versioning enabled" : "versioning not enabled"),
      oldVersions: (days) => `old versions expire after ${counted(days, "day", "days")}`,
      encrypted: (algorithm) => `encrypted: ${algorithm}`,
      eventBridge: () => "EventBridge, default bus",
      eventRules: (rules, targets) =>
        rules === 0
          ? "no rule in this stack"
          : `${counted(rules, "rule", "rules")}, ${counted(targets, "target", "targets")}`,
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
    facts: {
      ftpClient: () => "FTP: パッシブモード、バイナリ",
      deviceRange: (cidr) => `自身のアドレス: ${cidr}`,
      sims: (count) => (count === 0 ? "設定ファイルに SIM なし" : `SIM ${count} 枚`),
      vpgType: typeName,
      seenFrom: (cidr) => `AWS から見える範囲: ${cidr}`,
      noInternet: () => "インターネットへの経路なし",
      peering: (accepted) => (accepted ? "AWS 側で承認済み" : "未承認（通信できません）"),
      leadsTo: (cidr) => `接続先: ${cidr}`,
      range: (cidr) => cidr,
      subnets: (count, zones) => `サブネット ${count} 個${zones && `（ゾーン ${zones}）`}`,
      routes: (count, cidr) => `戻りの経路 ${count} 本: ${cidr}`,
      transferFamily: () => "AWS Transfer Family（非公開）",
      ports: (ports) => `TCP ${ports || "なし"}`,
      allowedFrom: (ranges) => `許可する範囲: ${ranges || "なし"}`,
      overApi: () => "API Gateway 経由の Lambda",
      overInvoke: () => "Lambda",
      userStore: (store) => `ユーザー情報: ${store}`,
      lockout: (failures, seconds) => `${failures} 回失敗すると ${minutes(seconds)} 分ロック`,
      versioning: (isOn) => (isOn ? "旧バージョンを保存" : "旧バージョンを保存しない"),
      oldVersions: (days) => `旧バージョンは ${days} 日後に削除`,
      encrypted: (algorithm) => `暗号化: ${algorithm}`,
      eventBridge: () => "EventBridge（デフォルトバス）",
      eventRules: (rules, targets) =>
        rules === 0 ? "このスタックにルールなし" : `ルール ${rules} 個、ターゲット ${targets} 個`,
    },
  },
};

const minutes = (seconds: number) => Math.round(seconds / 6) / 10;

export function factText(language: Language, [name, ...values]: Fact): string {
  return (words[language].facts[name] as (...values: unknown[]) => string)(...values);
}
