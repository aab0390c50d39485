#!/usr/bin/env bash
# Builds Pulumi's engine from its Go module, for the engine suite (test/engine/) on a machine without the Pulumi
# CLI, and prints the folder to put on PATH. The first time takes some five minutes, afterwards none.
#
#   PATH="$(scripts/build-engine.sh):$PATH" npm test
#
# CANAL_FTP_ENGINE: the folder to keep it in. Default: .cache/canal-ftp/engine-<version> in the home folder.
set -euo pipefail

version=3.259.0
folder="${CANAL_FTP_ENGINE:-${XDG_CACHE_HOME:-$HOME/.cache}/canal-ftp/engine-$version}"

say() { echo "build-engine: $*" >&2; }

if [ -x "$folder/pulumi" ]; then
  say "Pulumi $version is there already"
  echo "$folder"
  exit 0
fi
if ! command -v go >/dev/null; then
  say "Go is needed to build Pulumi's engine; or install the Pulumi CLI: https://www.pulumi.com/docs/install/"
  exit 1
fi

mkdir -p "$folder"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
go mod init canal-ftp/engine 2>/dev/null
say "fetching Pulumi $version"
go get "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v$version" 2>/dev/null
say "compiling; this takes minutes"
# Aside first: a build that is cut short must not look like one that is done.
go build -o "$folder/pulumi.part" \
  -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$version" \
  github.com/pulumi/pulumi/pkg/v3/cmd/pulumi &
build=$!
start=$SECONDS
while kill -0 "$build" 2>/dev/null; do
  sleep 5
  ((((SECONDS - start) / 30 > (SECONDS - start - 5) / 30))) && say "$((SECONDS - start)) s" || true
done
wait "$build"
mv "$folder/pulumi.part" "$folder/pulumi"
say "done after $((SECONDS - start)) s"
echo "$folder"
