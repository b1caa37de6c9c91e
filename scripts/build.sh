# Shared by ./settle and ./test: finds the SDK and builds at most once at a time. Sourced, not run.
# Expects $root, the repository's folder.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
if [ ! -w "${HOME:-/nonexistent}" ]; then export DOTNET_CLI_HOME="$root/artifacts/home"; fi

find_dotnet() {
  local candidate
  for candidate in dotnet "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" /usr/share/dotnet/dotnet \
    /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
    if dotnet=$(command -v "$candidate" 2>/dev/null); then return 0; fi
  done
  echo "error: Settle needs the .NET 10 SDK, and there is no 'dotnet' here." >&2
  echo "       Get it from https://dotnet.microsoft.com/download/dotnet/10.0 or your distribution." >&2
  exit 3
}

need_sdk() {
  if "$dotnet" --list-sdks 2>/dev/null | grep -q '^10\.'; then return 0; fi
  echo "error: Settle needs the .NET 10 SDK; '$dotnet' has: $("$dotnet" --list-sdks 2>/dev/null |
    cut -d' ' -f1 | tr '\n' ' ')" >&2
  echo "       Get it from https://dotnet.microsoft.com/download/dotnet/10.0 or your distribution." >&2
  exit 3
}

# stale STAMP PATH...: whether anything under the paths is newer than the stamp.
stale() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit)" ]
}

# locked COMMAND...: runs it while no other process of this folder builds.
locked() {
  mkdir -p "$root/artifacts"
  if command -v flock >/dev/null; then
    (
      flock 9
      "$@" 9>&-
    ) 9>"$root/artifacts/build.lock"
  else
    until mkdir "$root/artifacts/build.lock.d" 2>/dev/null; do sleep 0.2; done
    local status=0
    "$@" || status=$?
    rmdir "$root/artifacts/build.lock.d"
    return $status
  fi
}

# build PROJECT STAMP: a quiet Release build; what the compiler says is shown only when it fails.
build() {
  local log="$root/artifacts/build.log" started="$2.started"
  touch "$started"
  if ! "$dotnet" build "$root/$1" -c Release -v quiet -nodeReuse:false \
    -p:UseSharedCompilation=false </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    echo "error: the build failed" >&2
    return 3
  fi
  mv "$started" "$2"
}
