#!/usr/bin/env bash
# usage: documentdb.sh start|stop|status [DIR] [PORT]
#
# PostgreSQL 18 with DocumentDB, the stand-in for MongoDB's storage where there is no Docker, under DIR (default: a folder
# of this user in the temporary directory) and on loopback only. Without PORT it is the one of the last time, or a free one. As root the server runs
# as nobody. What it is made of is downloaded once and kept in TRACKER_CI_CACHE. `start` prints the connection string as
# its last line, `status` the same or nothing.
set -euo pipefail
# Otherwise a failure inside $(...) would go on.
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${TRACKER_CI_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tracker-ci}"
package="$cache/documentdb-1.tar.zst"
command="${1:-}"
dir=$(realpath -m "${2:-${TMPDIR:-/tmp}/tracker-documentdb-$(id -u)}")
port="${3:-}"
data="$dir/data"
bin="$dir/pg/usr/lib/postgresql/18/bin"
server_user=65534

say() { printf '%s\n' "documentdb: $*" >&2; }
fail() { say "$*"; exit 1; }

# PostgreSQL refuses to run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid="$server_user" --regid="$server_user" --clear-groups "$@")
    else
        (cd / && "$@")
    fi
}

check_machine() {
    local tool missing=()
    for tool in tar zstd flock setpriv; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    [ ${#missing[@]} -eq 0 ] || fail "missing programs: ${missing[*]} (Debian packages tar, zstd and util-linux)"
}

free_port() {
    local candidate
    while :; do
        candidate=$((20000 + RANDOM % 12000))
        (exec 3<> "/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || break
    done
    echo "$candidate"
}

# The pid of the server on this data, if it runs: a number left behind by a crash may be another program by now.
pid() {
    local number
    number=$(as_server head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 1
    tr '\0' ' ' 2>/dev/null < "/proc/$number/cmdline" | grep -qF -- "-D $data " && echo "$number"
}

connection() {
    echo "Host=127.0.0.1;Port=$(as_server sed -n 4p "$data/postmaster.pid");Username=postgres;Database=postgres"
}

get_package() {
    mkdir -p "$cache"
    (
        flock 9
        [ -f "$package" ] || "$here/documentdb-package.sh" "$package"
    ) 9> "$package.lock"
}

unpack() {
    [ -x "$bin/postgres" ] && return
    get_package
    rm -rf "$dir/unpacking" && mkdir -p "$dir/unpacking"
    zstd -qdc "$package" | tar -x -C "$dir/unpacking"
    rm -rf "$dir/pg" && mv "$dir/unpacking/pg" "$dir/pg" && rmdir "$dir/unpacking"
}

configure() {
    # A MongoDB takes half of the memory for its cache; PostgreSQL would take 128 MB, and read a large collection again from the disk's cache.
    echo "shared_buffers = ${TRACKER_TEST_CACHE:-1GB}"
    # Tests fill collections faster than anybody counts them; what is measured is counted at PostgreSQL's own pace, 1min.
    echo "autovacuum_naptime = ${TRACKER_TEST_COUNTS:-10s}"
    # A page that is changed for the first time after a checkpoint is written whole, against a power cut that tears it; MongoDB writes none. Off where growth is measured.
    echo "full_page_writes = ${TRACKER_TEST_WHOLE_PAGES:-on}"
    cat <<'SETTINGS'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
max_worker_processes = 16
fsync = on
synchronous_commit = on
max_wal_size = 4GB
wal_compression = lz4
deadlock_timeout = 100ms
# The extension logs every batch with a duplicate.
log_min_messages = fatal
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum'
cron.database_name = 'postgres'
# Otherwise every job keeps the port of its creation, and TTL stops on the next one.
cron.use_background_workers = on
cron.log_run = off
cron.log_statement = off
# Ordered indexes: without them none ever serves a sort.
documentdb.alternate_index_handler_name = 'extended_rum'
# Cursors need no connection of their own, and a find in the order of an index is not spooled whole.
documentdb.useFileBasedPersistedCursors = on
documentdb.enableDynamicCursors = on
documentdb.defaultCursorExpiryTimeLimitSeconds = 600
documentdb.maxWriteBatchSize = 100000
documentdb_core.enableCollation = on
SETTINGS
}

create_cluster() {
    as_server test -f "$data/PG_VERSION" && return
    mkdir -p "$data"
    if [ "$(id -u)" = 0 ]; then chown "$server_user:$server_user" "$data"; fi
    as_server test -x "$data" || fail "user $server_user cannot enter $dir: a folder above it is closed to others"
    as_server "$bin/initdb" -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin \
        --builtin-locale=C.UTF-8 --no-instructions > "$dir/initdb.log" 2>&1 || fail "initdb failed: $(tail -n 3 "$dir/initdb.log")"
    configure >> "$data/postgresql.conf"
}

# Clients that have seen it go down look for it at the same place.
last_port() {
    as_server cat "$data/postmaster.opts" 2>/dev/null | sed -n 's/.*"-p" "\([0-9]*\)".*/\1/p'
}

launch() {
    local attempt chosen
    [ -n "$port" ] || port=$(last_port) || true
    touch "$dir/postgresql.log"
    if [ "$(id -u)" = 0 ]; then chown "$server_user" "$dir/postgresql.log"; fi
    for attempt in 1 2 3; do
        chosen="${port:-$(free_port)}"
        # Each statement takes and gives back memory by the megabyte: a seventh of the time went into pages that came anew.
        MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=268435456 as_server "$bin/pg_ctl" -D "$data" -o "-p $chosen" -l "$dir/postgresql.log" -w -t 60 start > "$dir/start.log" 2>&1 && return
        [ -z "$port" ] || break
    done
    fail "did not start on port $chosen (attempt $attempt): $(tail -n 3 "$dir/postgresql.log")"
}

# The two jobs that build indexes in the background are of no use to the gateway; TTL runs every five seconds.
create_extensions() {
    [ -f "$dir/ready" ] && return
    as_server "$bin/psql" -qAtX -h 127.0.0.1 -p "$(as_server sed -n 4p "$data/postmaster.pid")" -U postgres -d postgres \
        -v ON_ERROR_STOP=1 > /dev/null <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS documentdb CASCADE;
CREATE EXTENSION IF NOT EXISTS documentdb_extended_rum;
SELECT cron.alter_job(jobid, active := false) FROM cron.job WHERE command LIKE '%build_index_concurrently%';
SELECT cron.alter_job(jobid, schedule := '5 seconds') FROM cron.job WHERE command LIKE '%delete_expired_rows%';
SQL
    touch "$dir/ready"
}

start() {
    check_machine
    mkdir -p "$dir"
    if ! pid > /dev/null; then
        unpack
        create_cluster
        launch
    fi
    create_extensions
    say "runs under $dir with pid $(pid)"
    connection
}

stop() {
    pid > /dev/null || return 0
    as_server "$bin/pg_ctl" -D "$data" -m fast -w -t 30 stop > /dev/null ||
        as_server "$bin/pg_ctl" -D "$data" -m immediate -w -t 30 stop > /dev/null
}

case "$command" in
    start) start ;;
    stop) stop ;;
    status) pid > /dev/null && connection ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
