#!/usr/bin/env bash
# usage: test-servers.sh run COMMAND...      starts the servers, runs the command with them, stops them
#        test-servers.sh start|stop|status [DIR]
#
# MongoDB and Redis for tests on a machine without Docker: DocumentDB on PostgreSQL behind the gateway of this solution, and
# redis-server, all on free ports of loopback, below DIR (default: a folder of this user in the temporary directory).
# `start` prints what to export, so it is used as: eval "$(eng/test-servers.sh start)"
set -euo pipefail
# Otherwise a failure inside $(...) would go on.
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
gateway=Tracker.DocumentDbGateway

say() { printf '%s\n' "test-servers: $*" >&2; }
fail() { say "$*"; exit 1; }

check_machine() {
    local tool missing=()
    for tool in dotnet redis-server setsid; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    [ ${#missing[@]} -eq 0 ] || fail "missing programs: ${missing[*]} (Debian packages redis-server and util-linux; the .NET SDK)"
}

# The pid in the file, if it is still the program that was started from this folder.
running() {
    local pid
    pid=$(cat "$dir/$1.pid" 2>/dev/null) || return 1
    [ -e "/proc/$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$dir/$1" ] && echo "$pid"
}

# Runs on in a folder and a process group of its own, with nothing of ours held open.
launch() {
    local name="$1"
    shift
    mkdir -p "$dir/$name"
    (cd "$dir/$name" && exec setsid "$@" > "$dir/$name.out" 2> "$dir/$name.log" < /dev/null) &
    echo $! > "$dir/$name.pid"
}

wait_for() {
    local name="$1" deadline=$((SECONDS + 60))
    shift
    until "$@"; do
        running "$name" > /dev/null || sleep 0.2
        { running "$name" > /dev/null && [ "$SECONDS" -lt "$deadline" ]; } || fail "$name did not start: $(tail -n 3 "$dir/$name.log" "$dir/$name.out")"
        sleep 0.1
    done
}

# A copy, so that a build while it runs does not change it.
start_gateway() {
    running gateway > /dev/null && return
    (cd "$here/.." && dotnet build "tests/$gateway" -v quiet --nologo >&2) || fail "the gateway does not build"
    rm -rf "$dir/program"
    cp -r "$here/../artifacts/bin/$gateway/debug" "$dir/program"
    launch gateway dotnet "$dir/program/$gateway.dll" --postgres "$1" --port "$(last_port gateway.address)"
    wait_for gateway grep -q '^mongodb://' "$dir/gateway.out"
    head -n 1 "$dir/gateway.out" > "$dir/gateway.address"
}

start_redis() {
    local port
    running redis > /dev/null && return
    port=$(last_port redis.address)
    [ "$port" -gt 0 ] || port=$(free_port)
    launch redis redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no
    wait_for redis grep -q 'Ready to accept connections' "$dir/redis.out"
    echo "127.0.0.1:$port" > "$dir/redis.address"
}

# Clients that have seen it go down look for it at the same place.
last_port() {
    sed -n 's|.*:\([0-9]*\)/*$|\1|p' "$dir/$1" 2>/dev/null | grep . || echo 0
}

free_port() {
    local candidate
    while :; do
        candidate=$((20000 + RANDOM % 12000))
        (exec 3<> "/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || break
    done
    echo "$candidate"
}

variables() {
    printf 'export TRACKER_TEST_DOCUMENTDB="%s"\n' "$("$here/documentdb.sh" status "$dir/documentdb")"
    printf 'export TRACKER_TEST_MONGODB="%s"\n' "$(cat "$dir/gateway.address")"
    printf 'export TRACKER_TEST_REDIS="%s"\n' "$(cat "$dir/redis.address")"
}

start() {
    local postgres
    check_machine
    mkdir -p "$dir"
    # PostgreSQL runs as another user if this one is root.
    chmod 711 "$dir"
    postgres=$("$here/documentdb.sh" start "$dir/documentdb" | tail -n 1)
    start_gateway "$postgres"
    start_redis
    variables
}

stop_one() {
    local pid deadline=$((SECONDS + 15))
    pid=$(running "$1") || return 0
    kill "$pid"
    while running "$1" > /dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || kill -KILL "$pid" 2> /dev/null || true
        sleep 0.1
    done
    rm -f "$dir/$1.pid"
}

stop() {
    [ -d "$dir" ] || return 0
    stop_one redis
    stop_one gateway
    "$here/documentdb.sh" stop "$dir/documentdb"
}

# In a folder of its own, which goes with it.
run() {
    dir=$(mktemp -d "${TMPDIR:-/tmp}/tracker-servers.XXXXXX")
    trap 'stop; rm -rf "$dir"' EXIT
    local exports
    exports=$(start)
    eval "$exports"
    "$@"
}

command="${1:-}"
[ $# -eq 0 ] || shift
if [ "$command" != run ]; then dir=$(realpath -m "${1:-${TMPDIR:-/tmp}/tracker-servers-$(id -u)}"); fi
case "$command" in
    run) [ $# -gt 0 ] || fail "run what?"; run "$@" ;;
    start) start ;;
    stop) stop ;;
    status) running gateway > /dev/null && running redis > /dev/null && variables ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
