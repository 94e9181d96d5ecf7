#!/usr/bin/env bash
# usage: documentdb-package.sh FILE.tar.zst
#
# Makes a relocatable PostgreSQL 18 with the DocumentDB extension out of Debian's packages: 140 MB are downloaded through
# an apt root of its own, so nothing is installed on the machine, and what the server really needs is kept in the file.
# It runs as any user. MIRROR names the Debian mirror; without it the one that this machine uses is taken.
set -euo pipefail
# Otherwise a failure inside $(...) would go on.
shopt -s inherit_errexit

package="$1"
suite=sid
lib=usr/lib/postgresql/18
so=usr/lib/x86_64-linux-gnu
share=usr/share/postgresql/18
programs=(postgres initdb pg_ctl psql)
modules=(plpgsql dict_snowball pg_cron vector postgis-3 tsm_system_rows pg_documentdb pg_documentdb_core
    pg_documentdb_extended_rum pg_documentdb_extended_rum_core pg_documentdb_extended_rum_core_builtin_rmgr)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { printf '%s\n' "documentdb-package: $*" >&2; }
fail() { say "$*"; exit 1; }

check_machine() {
    local tool of missing=()
    while read -r tool of; do
        command -v "$tool" >/dev/null || missing+=("$of")
    done <<< $'apt-get apt\ndpkg-deb dpkg\nreadelf binutils\ntar tar\nzstd zstd'
    [ -e "$keyring" ] || missing+=(debian-archive-keyring)
    [ ${#missing[@]} -eq 0 ] || fail "missing Debian packages: ${missing[*]} (apt-get install ${missing[*]})"
    [ "$(dpkg --print-architecture)" = amd64 ] || fail "written for amd64, this machine is $(dpkg --print-architecture)"
}

# apt knows its mirrors only after an update; before, they stand in its files.
mirror() {
    local found
    found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | head -n 1) || true
    [ -n "$found" ] || found=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1) || true
    echo "${MIRROR:-${found:-http://deb.debian.org/debian/}}"
}

download() {
    local apt="$work/apt" from
    from=$(mirror)
    mkdir -p "$apt"/{etc/sources.list.d,etc/preferences.d,etc/apt.conf.d,state/lists/partial,cache/archives/partial}
    : > "$apt/status"
    echo "deb [signed-by=$keyring] $from $suite main" > "$apt/etc/sources.list"
    local get=(apt-get -qq -y -o Dir::Etc="$apt/etc" -o Dir::State="$apt/state" -o Dir::State::status="$apt/status"
        -o Dir::Cache="$apt/cache" -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=3
        -o Acquire::http::Timeout=20 -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)
    say "downloading PostgreSQL 18 and DocumentDB from $from"
    "${get[@]}" -o APT::Update::Error-Mode=any update >&2 || fail "cannot read $from: is the mirror reachable? MIRROR=... names another"
    "${get[@]}" install --download-only --no-install-recommends postgresql-18-documentdb >/dev/null ||
        fail "cannot download postgresql-18-documentdb from $from"
    say "got $(basename "$apt"/cache/archives/postgresql-18-documentdb_*.deb)"
}

# No maintainer script runs. What is left out is wanted by postgis_raster and plperl only.
unpack() {
    local deb
    mkdir -p "$work/root"
    for deb in "$work"/apt/cache/archives/{lib,zlib1g,postgresql}*.deb; do
        case $(basename "$deb") in libgdal* | libpoppler* | libperl* | libpython* | libsystemd-shared*) continue ;; esac
        # A package without these folders makes tar complain.
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work/root" --wildcards './usr/lib/*' './usr/share/postgresql/*' 2>/dev/null || true
    done
}

copy_programs() {
    local name
    mkdir -p "$tree/$lib/bin" "$tree/$lib/lib" "$tree/$so"
    cp -L "$work/root/$so/ld-linux-x86-64.so.2" "$tree/$so/"
    for name in "${programs[@]}"; do cp -L "$work/root/$lib/bin/$name" "$tree/$lib/bin/$name.bin"; done
    for name in "${modules[@]}"; do cp -L "$work/root/$lib/lib/$name.so" "$tree/$lib/lib/"; done
}

copy_libraries() {
    local todo=("$tree/$lib"/bin/*.bin "$tree/$lib"/lib/*.so) file needed
    while [ ${#todo[@]} -gt 0 ]; do
        file=${todo[0]}
        todo=("${todo[@]:1}")
        for needed in $(readelf -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
            if [ -e "$tree/$so/$needed" ] || [ -e "$tree/$lib/lib/$needed" ]; then continue; fi
            cp -L "$work/root/$so/$needed" "$tree/$so/$needed"
            todo+=("$tree/$so/$needed")
        done
    done
}

copy_extensions() {
    local from="$work/root/$share" to="$tree/$share"
    mkdir -p "$to/extension"
    find "$from" -maxdepth 1 -type f -exec cp {} "$to/" \;
    cp -r "$from/timezonesets" "$from/tsearch_data" "$to/"
    cp "$from"/extension/{plpgsql,pg_cron,tsm_system_rows,documentdb,vector.control}* "$to/extension/"
    cp "$from"/extension/vector--[0-9]*.[0-9]*.[0-9].sql "$from"/extension/postgis--[0-9]*.[0-9].sql "$to/extension/"
    # In the package this is a link of update-alternatives, which did not run.
    cp "$from/extension/postgis-3.control" "$to/extension/postgis.control"
    rm -f "$to"/extension/documentdb_distributed* "$to"/extension/vector--*--*
}

# The C library of this machine may be older than the one the programs were linked with: each is started through its own
# loader. PostgreSQL finds its folders relative to argv[0], and the postmaster only forks.
wrap_programs() {
    local name
    for name in "${programs[@]}"; do
        cat > "$tree/$lib/bin/$name" <<'WRAPPER'
#!/bin/sh
d=$(cd "$(dirname "$0")" && pwd)
r=${d%/usr/lib/postgresql/18/bin}
n=$(basename "$0")
exec "$r/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --argv0 "$d/$n" \
    --library-path "$r/usr/lib/x86_64-linux-gnu:$r/usr/lib/postgresql/18/lib" "$d/$n.bin" "$@"
WRAPPER
        chmod +x "$tree/$lib/bin/$name"
    done
}

check_machine
mkdir -p "$(dirname "$package")"
work=$(mktemp -d "$(dirname "$package")/making.XXXXXX")
trap 'rm -rf "$work"' EXIT
tree="$work/pg"
download
unpack
copy_programs
copy_libraries
copy_extensions
wrap_programs
tar -C "$work" -c pg | zstd -q -6 -T0 -f -o "$work/package"
mv "$work/package" "$package"
say "kept as $package ($(du -sm "$package" | cut -f1) MB)"
