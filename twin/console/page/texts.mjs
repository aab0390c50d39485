/** The texts of the page in English and Japanese. */
export const texts = {
  en: {
    log: {},
    skip: "Skip to the contents",
    language: "Language",
    sections: "Sections",
    path: "Path of a file",
    sessions: "Sessions",
    findings: "Behaviour that fails or differs on AWS",
    events: "Events",
    files: "Files",
    locks: "Failed logins and locks",
    messages: "Messages",
    connecting: "Connecting …",
    connected: "Live",
    lost: "The twin does not answer. Reconnecting …",
    tooMany: "The console refused this page. Close other pages and reload.",
    address: (ftp, device) => `ftp -p ${ftp.host} ${ftp.port}; devices seen from ${device}`,
    noSessions: "No device has connected yet.",
    noFindings: "No findings.",
    noEvents: "No events yet.",
    noFiles: "No files yet.",
    noLocks: "No failed logins.",
    noMessages: "No messages.",
    time: "Time",
    event: "Event",
    user: "User",
    file: "File",
    bytes: "Size",
    written: "Written",
    versions: "Older versions",
    deleted: "deleted",
    more: "Only the newest files are shown.",
    elsewhere: (store) => `Files and their versions are in ${store}.`,
    quiet: (count) =>
      count === 0 ? "No device is connected." : `${count} connected, no activity.`,
    inUse: (parts) => `In use: ${parts}`,
    failedAt: (part) => `Refused at: ${part}`,
    notLoggedIn: "not logged in",
    live: "live",
    closed: (reason) => `ended: ${reason}`,
    moved: (up, down, size) => `${up} uploaded, ${down} downloaded, ${size}`,
    dialogue: (name) => `Dialogue of ${name}`,
    choose: "Dialogue",
    dropped: "Earlier lines were dropped.",
    upload: "uploaded",
    download: "downloaded",
    partial: "cut",
    failed: "failed",
    transfer: (what, path, size, ms) => `${what}: ${path}, ${size} in ${ms} ms`,
    data: (address) => `data connection to ${address}`,
    severity: { fails: "fails", risk: "risk", note: "note" },
    remedy: "What to do",
    seen: (user, sessions) =>
      `${user ?? "not logged in"}, ${sessions} ${sessions === 1 ? "session" : "sessions"}`,
    line: "Line",
    locked: (until) => `locked until ${until}`,
    failures: (count, until) =>
      `${count} failed ${count === 1 ? "login" : "logins"}, expiring at ${until}`,
    lockRemedy: (user) =>
      user.startsWith("~")
        ? "No user of the stack has the name that the device sent: correct it on the device."
        : `Correct the password on the device and wait, or: canal-ftp users unlock ${user} --twin`,
    from: (address) => `from ${address}`,
    kinds: { notice: "note", fault: "fault", unreachable: "unreachable" },
    eventTypes: {
      "File Upload Completed": "upload completed",
      "File Upload Failed": "upload failed",
      "File Download Completed": "download completed",
      "File Download Failed": "download failed",
      "File Delete Completed": "file deleted",
      "File Rename Completed": "file renamed",
      "Directory Create Completed": "folder created",
      "Directory Delete Completed": "folder deleted",
    },
  },
  ja: {
    /** Frequent messages of the log; the others stay in English. */
    log: {
      "the client closed the connection": "デバイスが切断",
      "the identity provider denied the login": "ID プロバイダーがログインを拒否しました",
      "5 failed logins": "ログイン失敗 5 回",
    },
    skip: "本文へ移動",
    language: "言語",
    sections: "項目",
    path: "ファイルの経路",
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
    notLoggedIn: "未ログイン",
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
      user.startsWith("~")
        ? "デバイスが送ったユーザー名はスタックにありません。デバイスのユーザー名を直してください。"
        : `デバイスのパスワードを直して待つか、次を実行してください: canal-ftp users unlock ${user} --twin`,
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

const storageKey = "canal-ftp-language";

/** The page's language: the one selected before, else the one the browser prefers. */
export const language = () => document.documentElement.lang;

export const t = () => texts[language()];

/** A message of the twin's log, translated where a translation exists. */
export const logged = (message) => t().log[message] ?? message;

/** The language selected before; undefined without one, or when the browser has no storage. */
export function rememberedLanguage() {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept in texts ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function setLanguage(chosen) {
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(storageKey, chosen);
  } catch {
    // Without storage the selection lasts as long as the page.
  }
}

/** Fills the texts of the page's own elements. */
export function fillTexts() {
  const texts = t();
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = texts[place.dataset.text];
  }
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", texts[place.dataset.label]);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language()));
  }
}
