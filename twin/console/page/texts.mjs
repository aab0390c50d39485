/** What the page says, in English and Japanese. */
export const texts = {
  en: {
    log: {},
    skip: "Skip to the contents",
    language: "Language",
    sections: "Sections",
    way: "The way of a file",
    sessions: "Sessions",
    findings: "What would fail or surprise on AWS",
    events: "Events",
    files: "Files",
    locks: "Failed logins and locks",
    messages: "Messages",
    connecting: "Connecting …",
    connected: "Live",
    lost: "The twin does not answer; trying again.",
    tooMany: "The console refuses this page; close others and load it again.",
    address: (ftp, device) => `ftp -p ${ftp.host} ${ftp.port}; devices seen from ${device}`,
    noSessions: "No device has connected yet.",
    noFindings: "Nothing so far.",
    noEvents: "No event yet.",
    noFiles: "No files yet.",
    noLocks: "No failed logins.",
    noMessages: "Nothing so far.",
    time: "Time",
    event: "Event",
    user: "User",
    file: "File",
    bytes: "Size",
    written: "Written",
    versions: "Older versions",
    deleted: "deleted",
    more: "The newest are shown; there are more.",
    elsewhere: (store) => `Files and their versions are kept in ${store}.`,
    quiet: (count) =>
      count === 0 ? "Nobody is connected." : `${count} connected; nothing is moving.`,
    inUse: (parts) => `In use: ${parts}`,
    failedAt: (part) => `Refused at: ${part}`,
    nobody: "not logged in",
    live: "live",
    closed: (reason) => `ended: ${reason}`,
    moved: (up, down, size) => `${up} stored, ${down} fetched, ${size}`,
    dialogue: (name) => `Dialogue of ${name}`,
    choose: "Dialogue",
    dropped: "Earlier lines are no longer kept.",
    upload: "stored",
    download: "fetched",
    partial: "cut",
    failed: "failed",
    transfer: (what, path, size, ms) => `${what}: ${path}, ${size} in ${ms} ms`,
    data: (address) => `data connection to ${address}`,
    severity: { fails: "fails", risk: "risk", note: "note" },
    remedy: "What to do",
    seen: (user, sessions) =>
      `${user ?? "nobody logged in"}, ${sessions} ${sessions === 1 ? "session" : "sessions"}`,
    line: "Line",
    locked: (until) => `locked until ${until}`,
    failures: (count, until) =>
      `${count} failed ${count === 1 ? "login" : "logins"}, forgotten at ${until}`,
    lockRemedy: (user) =>
      `Correct the password on the device and wait, or: canal-ftp users unlock ${user} --twin`,
    from: (address) => `from ${address}`,
    kinds: { notice: "note", fault: "fault", unreachable: "unreachable" },
    eventTypes: {
      "File Upload Completed": "upload completed",
      "File Upload Failed": "upload failed",
      "File Download Completed": "download completed",
      "File Download Failed": "download failed",
      "File Delete Completed": "file deleted",
      "File Rename Completed": "file renamed",
      "Directory Create Completed": "folder made",
      "Directory Delete Completed": "folder deleted",
    },
  },
  ja: {
    /** Sentences of the log that come up all the time; the rest of the log stays in English. */
    log: {
      "the client closed the connection": "デバイスが切断",
      "the identity provider said no": "ID プロバイダーがログインを拒否しました",
      "5 failed logins": "ログイン失敗 5 回",
    },
    skip: "本文へ移動",
    language: "言語",
    sections: "項目",
    way: "ファイルの経路",
    sessions: "セッション",
    findings: "AWS で失敗する、または注意が必要な動作",
    events: "イベント",
    files: "ファイル",
    locks: "ログイン失敗とロック",
    messages: "メッセージ",
    connecting: "接続しています…",
    connected: "受信中",
    lost: "ツインから応答がありません。再接続しています。",
    tooMany: "このページは接続を拒否されました。ほかのページを閉じてから再読み込みしてください。",
    address: (ftp, device) => `ftp -p ${ftp.host} ${ftp.port}（デバイスの見え方: ${device}）`,
    noSessions: "接続したデバイスはまだありません。",
    noFindings: "問題は見つかっていません。",
    noEvents: "イベントはまだありません。",
    noFiles: "ファイルはまだありません。",
    noLocks: "ログインの失敗はありません。",
    noMessages: "メッセージはありません。",
    time: "時刻",
    event: "イベント",
    user: "ユーザー",
    file: "ファイル",
    bytes: "サイズ",
    written: "書き込み",
    versions: "旧バージョン",
    deleted: "削除済み",
    more: "新しいものから表示しています。ほかにもあります。",
    elsewhere: (store) => `ファイルと旧バージョンは ${store} に保存されています。`,
    quiet: (count) =>
      count === 0
        ? "接続中のデバイスはありません。"
        : `${count} 台が接続中です。通信はありません。`,
    inUse: (parts) => `通信中: ${parts}`,
    failedAt: (part) => `拒否した箇所: ${part}`,
    nobody: "未ログイン",
    live: "接続中",
    closed: (reason) => `終了: ${reason}`,
    moved: (up, down, size) => `保存 ${up} 件、取得 ${down} 件、${size}`,
    dialogue: (name) => `${name} の通信内容`,
    choose: "通信内容",
    dropped: "これより前の行は保持していません。",
    upload: "保存",
    download: "取得",
    partial: "中断",
    failed: "失敗",
    transfer: (what, path, size, ms) => `${what}: ${path}（${size}、${ms} ミリ秒）`,
    data: (address) => `データ接続: ${address}`,
    severity: { fails: "失敗", risk: "要注意", note: "参考" },
    remedy: "対処",
    seen: (user, sessions) => `${user ?? "未ログイン"}、${sessions} セッション`,
    line: "該当行",
    locked: (until) => `${until} までロック中`,
    failures: (count, until) => `ログイン失敗 ${count} 回（${until} に解消）`,
    lockRemedy: (user) =>
      `デバイスのパスワードを直して待つか、次を実行してください: canal-ftp users unlock ${user} --twin`,
    from: (address) => `接続元: ${address}`,
    kinds: { notice: "参考", fault: "障害", unreachable: "到達不可" },
    eventTypes: {
      "File Upload Completed": "アップロード完了",
      "File Upload Failed": "アップロード失敗",
      "File Download Completed": "ダウンロード完了",
      "File Download Failed": "ダウンロード失敗",
      "File Delete Completed": "ファイル削除",
      "File Rename Completed": "ファイル名変更",
      "Directory Create Completed": "フォルダー作成",
      "Directory Delete Completed": "フォルダー削除",
    },
  },
};

const KEPT_AS = "canal-ftp-language";

/** The language of the page: the one chosen before, else what the browser asked the server for. */
export const language = () => document.documentElement.lang;

export const t = () => texts[language()];

/** A sentence of the twin's log, in the language of the page where that is known. */
export const logged = (sentence) => t().log[sentence] ?? sentence;

/** Where storage is switched off the choice lasts as long as the page. */
export function rememberedLanguage() {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return kept in texts ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function setLanguage(chosen) {
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // See above.
  }
}

/** Fills in what stands in the page itself. */
export function sayPage() {
  const say = t();
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = say[place.dataset.text];
  }
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", say[place.dataset.label]);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language()));
  }
}
