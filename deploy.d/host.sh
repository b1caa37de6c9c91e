# The part of ./deploy that runs on the server: bash reads it from the connection. Nothing happens before
# its last line has arrived.
set -euo pipefail

say() { printf '%s\n' "$*" 2>/dev/null || true; }

refuse() {
  say "@refused $*"
  exit 1
}

git_here() {
  git -C "$tree" -c user.name=deploy -c user.email=deploy@localhost -c commit.gpgsign=false \
    -c core.autocrlf=false -c gc.auto=0 "$@"
}

commit_all() {
  [ -d "$tree/.git" ] || git_here init -q
  git_here add -A -f && git_here commit -q --allow-empty -m "$1"
}

has_systemd() { [ -n "$service" ] && [ -d /run/systemd/system ]; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# The server's process, if it is one that was started here.
process() {
  local id
  id=$(cat "$state/pid" 2>/dev/null) || return 1
  [ -n "$id" ] && grep -qsF "$tree/" "/proc/$id/cmdline" || return 1
  echo "$id"
}

is_running() { if has_systemd; then systemctl is-active -q "$service"; else process >/dev/null; fi; }

# Lets it answer what is under way.
stop() {
  if ! is_running; then return 0; fi
  say "Stopping"
  if has_systemd; then
    as_root systemctl stop "$service"
    return
  fi
  local id tries
  id=$(process) || return 0
  kill -TERM "$id"
  for tries in {1..600}; do
    kill -0 "$id" 2>/dev/null || return 0
    sleep 0.1
  done
  say "It did not end within a minute, and is killed: what it acknowledged is on disk"
  kill -KILL "$id"
  while kill -0 "$id" 2>/dev/null; do sleep 0.1; done
}

start() {
  say "Starting $(cat "$tree/settings/version" 2>/dev/null)"
  if has_systemd; then
    local unit=/etc/systemd/system/$service.service
    if ! cmp -s "$tree/settings/unit" "$unit"; then
      as_root install -m 644 "$tree/settings/unit" "$unit" && as_root systemctl daemon-reload &&
        as_root systemctl enable -q "$service" || return 1
    fi
    as_root systemctl restart "$service"
  else
    (
      cd "$folder"
      umask 077
      exec setsid "$tree/settings/start" >>"$folder/log/settle.log" 2>&1 </dev/null 9>&-
    ) &
    echo $! >"$state/pid"
  fi
}

show_log() {
  if has_systemd; then as_root journalctl -q -n 20 -u "$service" 2>/dev/null || true
  else tail -n 20 "$folder/log/settle.log" 2>/dev/null || true; fi
}

wait_until_ready() {
  local url tries
  read -r url <"$tree/settings/url" || return 1
  for tries in {1..300}; do
    # Another program may answer at its address.
    if [ "$tries" -gt 5 ] && ! is_running; then
      say "It has ended:"
      show_log
      return 1
    fi
    if is_running && curl -fs -m 5 -o /dev/null "$url/health/ready" && is_running; then return 0; fi
    sleep 0.2
  done
  say "It does not become ready:"
  show_log
  return 1
}

# can PROGRAM WORD TEXT: whether a command of a program is known there, with a text in its help.
can() { [ -x "$1" ] && "$1" "$2" --help 2>/dev/null | grep -q -e "$3"; }

# program_with WORD TEXT: the installed program if it can, or else the new one.
program_with() {
  local each
  for each in "$tree/program/settle" "$folder/incoming/program/settle"; do
    if can "$each" "$1" "$2"; then
      echo "$each"
      return 0
    fi
  done
  return 1
}

ledgers() { find "$folder/ledgers" -maxdepth 1 -name '*.db' -size +0 2>/dev/null | sort; }

back_up() {
  [ -n "$(ledgers)" ] || return 0
  local program
  program=$(program_with backup TO) || { say "No program here makes backups" && return 1; }
  say "Saving the ledgers"
  (umask 077 && "$program" backup "$folder/backups/" --ledger "$folder/ledgers")
}

find_checker() {
  checker=$(program_with verify --since) || { say "No program here checks ledgers" && return 1; }
}

# The newest block of each ledger: it must be there afterwards.
note_tips() {
  : >"$state/tips"
  local ledger info height hash
  while IFS= read -r ledger; do
    [ -n "$ledger" ] || continue
    info=$("$checker" info --ledger "$ledger" --json) || return 1
    height=$(sed -n 's/.*"height": *\([0-9]*\).*/\1/p' <<<"$info")
    hash=$(sed -n 's/.*"hash": *"\([0-9a-f]*\)".*/\1/p' <<<"$info")
    if [ "${height:-0}" -gt 0 ]; then echo "$height:$hash $ledger" >>"$state/tips"; fi
  done <<<"$(ledgers)"
}

check_tips() {
  local tip ledger
  [ -s "$state/tips" ] || return 0
  find_checker || return 1
  while read -r tip ledger; do
    "$checker" verify --ledger "$ledger" --since "$tip" || return 1
  done <"$state/tips"
}

bring_up() { start && wait_until_ready && check_tips; }

# go_back COMMIT: what was there then runs again.
go_back() {
  stop && git_here reset -q --hard "$1" && git_here clean -qfdx || return 1
  if [ ! -x "$tree/settings/start" ]; then
    say "Nothing was deployed before, so nothing runs"
    return 0
  fi
  bring_up
}

# A power cut takes neither what was there before, from here on, nor what is new, once it is done.
note_switch() { echo "$1" >"$state/switching" && sync -f "$state"; }

forget_switch() { sync -f "$state" && rm -f "$state/switching"; }

# undo COMMIT: after something failed. The status of the whole.
undo() {
  say "Going back to what was there before"
  if go_back "$1"; then
    forget_switch
    say "Failed; the server runs what it ran before"
    return 1
  fi
  say "Failed, and what was there before does not start either: look at $folder"
  return 4
}

switch() {
  "$folder/incoming/program/settle" --version >/dev/null || {
    say "The new program does not run here; nothing was changed"
    return 1
  }
  back_up && find_checker || { say "Nothing was changed" && return 1; }
  local version before
  version=$(cat "$folder/incoming/settings/version")
  commit_all "pre-deploy $version" || { say "git failed; nothing was changed" && return 1; }
  before=$(git_here rev-parse HEAD)
  note_switch "$before" || { say "The disk cannot be written; nothing was changed" && return 1; }
  stop && note_tips &&
    rsync -a --delete --exclude=/.git "$folder/incoming/" "$tree/" &&
    commit_all "post-deploy $version" && bring_up || {
    undo "$before"
    return
  }
  forget_switch
  say "Deployed $version"
}

rollback() {
  local last before now
  last=$(git_here log --format='%H %s' 2>/dev/null | grep -m 1 '^[0-9a-f]* post-deploy ' | cut -d' ' -f1) || true
  [ -n "$last" ] && before=$(git_here rev-parse -q --verify "$last^") &&
    git_here cat-file -e "$before:settings/start" 2>/dev/null || {
    say "There was no deploy before the last one; nothing was changed"
    return 1
  }
  back_up && find_checker || { say "Nothing was changed" && return 1; }
  commit_all "pre-rollback" || { say "git failed; nothing was changed" && return 1; }
  now=$(git_here rev-parse HEAD)
  # What is left behind can still be found.
  git_here tag "undone-$run" || return 1
  note_switch "$now" || { say "The disk cannot be written; nothing was changed" && return 1; }
  stop && note_tips && go_back "$before" || {
    undo "$now"
    return
  }
  forget_switch
  say "Went back to $(cat "$tree/settings/version")"
}

# act switch|rollback: goes on when the connection ends.
act() {
  local status=0
  trap '' HUP PIPE
  "$1" || status=$?
  echo "$status" >"$state/$run.result"
}

follow() {
  local tailing tries
  for tries in {1..25}; do
    if [ -e "$state/$run.log" ]; then break; fi
    sleep 0.2
  done
  [ -e "$state/$run.log" ] || refuse "the connection was lost too early; nothing was changed"
  tail -n +1 -s 0.1 -f "$state/$run.log" 2>/dev/null &
  tailing=$!
  while [ ! -s "$state/$run.result" ]; do
    # Whoever was cut off comes back; nobody else needs this one.
    kill -0 "$tailing" 2>/dev/null || exit 0
    sleep 0.1
  done
  sleep 0.5
  kill "$tailing" 2>/dev/null || true
  say "@done $(cat "$state/$run.result")"
}

session() {
  local tool
  for tool in git rsync flock curl setsid; do
    command -v "$tool" >/dev/null || refuse "'$tool' is not installed on the server"
  done
  mkdir -p "$folder" && cd "$folder" || refuse "$folder cannot be made by $(id -un)"
  mkdir -p "$tree" "$state" log incoming backups ledgers
  chmod 700 log backups ledgers
  exec 9>"$state/lock"
  flock -n 9 || refuse "another deploy to this server is under way; try again when it has ended"
  # What a git that was killed has left; nobody else uses this one.
  if [ -d "$tree/.git" ]; then find "$tree/.git" -name '*.lock' -delete; fi
  # A power cut in the middle of a deploy.
  if [ -s "$state/switching" ]; then
    say "The last deploy was interrupted"
    : >"$state/tips"
    undo "$(cat "$state/switching")" || [ $? = 1 ] || refuse "the server has to be repaired first"
  fi
  say "@facts $(uname -m) $(df -Pk . | awk 'NR == 2 { print $4 }')" \
    "$(du -sk ledgers | cut -f1) $(stat -c %U .)"
  local word
  while read -r -t 60 word; do
    case $word in
      switch | rollback)
        # Twenty deploys are remembered.
        find "$state" -name '*-*.*' -printf '%T@ %p\n' | sort -rn | tail -n +39 | cut -d' ' -f2- |
          xargs -r -d '\n' rm -f
        : >"$state/$run.log"
        act "$word" >>"$state/$run.log" 2>&1 </dev/null &
        follow
        exit 0
        ;;
    esac
  done
  # Whoever deployed is gone, and has changed nothing.
  exit 1
}

main() {
  umask 022
  # As the server's own command line shows it.
  folder=$(readlink -m -- "$2")
  run=$3 service=${4:-}
  tree=$folder/tree state=$folder/run
  case $1 in
    session) session ;;
    follow) follow ;;
  esac
  exit 0
}

main "$@"
