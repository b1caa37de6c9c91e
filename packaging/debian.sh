# Makes the Debian package of ./publish. Sourced, not run.

# The command install is named as such, because a function of scripts/build.sh has its name.
#
# debian_package PROGRAM MACHINE VERSION TARGET: MACHINE as Debian calls it.
debian_package() {
  local program=$1 machine=$2 version=$3 target=$4 tree
  tree=$(mktemp -d)
  command install -D -m 755 "$program" "$tree/usr/bin/settle"
  command install -d "$tree/usr/share/man/man1" "$tree/usr/share/doc/settle" "$tree/lib/systemd/system" "$tree/DEBIAN"
  manual_page | gzip -9n >"$tree/usr/share/man/man1/settle.1.gz"
  command install -D -m 644 "$root/src/Settle.Cli/Completion/bash" "$tree/usr/share/bash-completion/completions/settle"
  command install -D -m 644 "$root/src/Settle.Cli/Completion/zsh" "$tree/usr/share/zsh/vendor-completions/_settle"
  command install -D -m 644 "$root/src/Settle.Cli/Completion/fish" "$tree/usr/share/fish/vendor_completions.d/settle.fish"
  debian_unit >"$tree/lib/systemd/system/settle.service"
  command install -m 644 "$root/packaging/copyright" "$tree/usr/share/doc/settle/copyright"
  {
    printf 'settle (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n' "$version"
    printf ' -- Settle <settle@localhost>  %s\n' "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
  } | gzip -9n >"$tree/usr/share/doc/settle/changelog.gz"
  debian_control "$machine" "$version" "$(du -sk --exclude=DEBIAN "$tree" | cut -f1)" >"$tree/DEBIAN/control"
  (cd "$tree" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  find "$tree" -type d -exec chmod 755 {} +
  find "$tree" -type f ! -path '*/usr/bin/*' -exec chmod 644 {} +
  dpkg-deb --root-owner-group --build "$tree" "$target" >/dev/null
  rm -rf "$tree"
}

debian_control() {
  cat <<END
Package: settle
Version: $2
Architecture: $1
Maintainer: Settle <settle@localhost>
Installed-Size: $3
Depends: libc6 (>= 2.34), libgcc-s1, libssl3 | libssl3t64, ca-certificates, tzdata
Section: misc
Priority: optional
Description: ledger that never overdraws an account
 Settle is a ledger for credits, deposits, points and money. No account is
 ever overdrawn and no request is ever decided twice, even when processes are
 killed, answers get lost and many writers share one file.
 .
 It has a command line, a server with an HTTP API, and billing.
END
}

# The page with the day of what is released.
manual_page() {
  sed "s/^\.TH SETTLE 1 [^ ]*/.TH SETTLE 1 $(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" "$root/docs/settle.1"
}

# The unit of deploy.d with all its protection, but for a user and a folder that systemd makes itself.
debian_unit() {
  sed -e 's|^User=.*|DynamicUser=yes\nStateDirectory=settle\nStateDirectoryMode=0700|' \
    -e 's|^ExecStart=.*|# Options of settle serve, such as SETTLE_OPTIONS=--log-requests\nEnvironmentFile=-/etc/default/settle\nExecStart=/usr/bin/settle serve --ledger /var/lib/settle/ $SETTLE_OPTIONS|' \
    -e 's|^WorkingDirectory=.*|WorkingDirectory=/var/lib/settle|' \
    -e '/^ReadOnlyPaths=/d' -e '/^ReadWritePaths=/d' -e '/^BindReadOnlyPaths=/d' -e '/^BindPaths=/d' \
    "$root/deploy.d/settle.service"
}
