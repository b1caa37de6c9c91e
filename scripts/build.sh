# Shared by ./settle, ./test, ./deploy and ./publish: finds the SDK and builds at most once at a time. Sourced, not run.
# Expects $root, the repository's folder.

stamp=$root/artifacts/settle.stamp

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

# stale: whether a source is newer than the command line that is installed.
stale() {
  local installed
  ! read -r installed 2>/dev/null <"$stamp" || [ ! -e "$root/artifacts/settle/$installed/settle.dll" ] ||
    [ -n "$(find "$root"/src "$root"/bench "$root"/samples \
    "$root"/Directory.*.props "$root"/global.json -newer "$stamp" -print -quit)" ]
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

# build PROJECT: a quiet Release build; what the compiler says is shown only when it fails.
# Leaves its beginning in $started.
build() {
  local log="$root/artifacts/build.log"
  started="$root/artifacts/build.started"
  touch "$started"
  if ! "$dotnet" build "$root/$1" -c Release -v quiet -nodeReuse:false \
    -p:UseSharedCompilation=false </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    echo "error: the build failed" >&2
    return 3
  fi
}

# copy_source FOLDER: a copy to build for certain machines, which writes other lock files. What was
# built there before stays.
copy_source() {
  local to=$1
  mkdir -p "$to"
  find "$to" -mindepth 1 -maxdepth 1 ! -name artifacts -exec rm -rf {} +
  git -C "$root" ls-files -z --cached --others --exclude-standard --deduplicate |
    (cd "$root" && while IFS= read -r -d '' file; do
      if [ -e "$file" ]; then printf '%s\0' "$file"; fi
    done | tar -c --null -T -) | tar -x -C "$to"
}

# precompile FOLDER: puts machine code into its assemblies, so that a start does not have to compile
# them. What was compiled once is kept, under its checksum. Without the compiler the program starts
# slower, and is otherwise the same.
precompile() {
  local project="$root/scripts/precompile.proj" log="$root/artifacts/precompile.log"
  precompiler=
  if "$dotnet" restore "$project" -v quiet >"$log" 2>&1 </dev/null; then
    precompiler=$("$dotnet" msbuild "$project" -nologo -getProperty:Precompiler)
    frameworks=$("$dotnet" msbuild "$project" -nologo -getProperty:Frameworks)
  fi
  if [ ! -x "$precompiler" ]; then
    echo "note: settle starts slower here: its compiler to machine code could not be restored" \
      "(artifacts/precompile.log)" >&2
    return 0
  fi
  kept=$root/artifacts/precompiled/$(basename "$(dirname "$(dirname "$precompiler")")")
  mkdir -p "$kept"
  export precompiler frameworks kept
  export -f precompile_file
  find "$1" -maxdepth 1 -name '*.dll' -print0 |
    xargs -0 -n 1 -P "$(getconf _NPROCESSORS_ONLN)" bash -c 'precompile_file "$0"'
  find "$root/artifacts/precompiled" -name '*.dll' -mtime +30 -delete
}

# precompile_file FILE: one that has machine code already, or none at all, stays as it is.
precompile_file() {
  local file=$1 folder=${1%/*} made
  made=$kept/$( (sha256sum "$file" 2>/dev/null || shasum -a 256 "$file") | cut -c1-64).dll
  if [ ! -e "$made" ]; then
    "$precompiler" "$file" -o "$made.$$" -O -r "${frameworks%:*}/*.dll" -r "${frameworks#*:}/*.dll" \
      -r "$folder/*.dll" >/dev/null 2>&1 || cp "$file" "$made.$$"
    mv "$made.$$" "$made"
  fi
  touch "$made"
  cp "$made" "$file.$$"
  mv "$file.$$" "$file"
}

# install: copies the command line that was built to a folder of its own, so that a later build does
# not overwrite what a running server has loaded. The stamp names the folder and has the time at
# which the build began.
install() {
  local folders="$root/artifacts/settle" name
  name=$(date +%Y%m%d%H%M%S).$$
  mkdir -p "$folders"
  cp -R "$root/artifacts/bin/Settle.Cli/release" "$folders/$name"
  precompile "$folders/$name"
  echo "$name" >"$stamp.new"
  touch -r "$started" "$stamp.new"
  mv "$stamp.new" "$stamp"
  # The one before may just be starting.
  ls -1 "$folders" | sort -r | tail -n +3 | while read -r old; do rm -rf "${folders:?}/$old"; done
}
