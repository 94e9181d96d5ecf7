#!/usr/bin/env bash
# usage: tenant-keys.sh TENANT... > tenant-keys.json
#
# Makes the key file of an installation with several nodes, before any of them starts: each would otherwise make one of its
# own, and what one has written the others could not read. For a tenant that is new to an installation:
#
#   jq -s '.[0] * .[1]' tenant-keys.json <(deploy/tenant-keys.sh NEW) > both.json
#
# Back the file up, apart from the database. Without it nothing in the database can be read, by anyone.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: ${0##*/} TENANT... > tenant-keys.json" >&2; exit 2; }
for tenant in "$@"; do
    [[ $tenant =~ ^[a-z0-9-]{1,32}$ ]] || { echo "${0##*/}: '$tenant' is not 1 to 32 of a-z, 0-9 and -" >&2; exit 2; }
done

key() { openssl rand -base64 32; }

separator=''
printf '{\n  "format": 1,\n  "tenants": {'
for tenant in "$@"; do
    printf '%s\n    "%s": [{ "version": 1, "wrapping_key": "%s", "hash_key": "%s" }]' "$separator" "$tenant" "$(key)" "$(key)"
    separator=','
done
printf '\n  }\n}\n'
