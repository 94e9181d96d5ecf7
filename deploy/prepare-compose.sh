#!/usr/bin/env bash
# usage: prepare-compose.sh [TENANT [SOURCE]]      (default: demo demo)
#
# Makes what docker-compose.yml reads from deploy/secrets (TRACKER_SECRETS names another folder): the tenant keys that both
# nodes share, their settings with the connection strings, the passwords of MongoDB, Redis and Grafana. api-key is for
# whoever calls. Made whole or not at all; a folder that is there is left as it is.
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
secrets=${TRACKER_SECRETS:-$here/secrets}
tenant=${1:-demo}
source=${2:-demo}

if [ -e "$secrets" ]; then
    echo "$secrets is there already; nothing was changed."
    exit 0
fi

[[ $source =~ ^[a-z0-9-]{1,32}$ ]] || { echo "${0##*/}: '$source' is not 1 to 32 of a-z, 0-9 and -" >&2; exit 2; }

umask 077
new=$(mktemp -d "$secrets.XXXXXX")
trap 'rm -rf "$new"' EXIT

password() { openssl rand -hex 24; }
write() { printf '%s' "$2" >"$new/$1"; }

"$here/tenant-keys.sh" "$tenant" >"$new/tenant-keys.json"
key=$(openssl rand -hex 32)
mongo=$(password)
redis=$(password)
write api-key "$key"
write mongo-root-password "$(password)"
write mongo-tracker-password "$mongo"
write mongo-member-key "$(openssl rand -base64 512)"
write grafana-password "$(password)"

# Redis remembers what MongoDB knows; nothing of it is ever written to a disk.
cat >"$new/redis.conf" <<END
requirepass $redis
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
END

cat >"$new/appsettings.json" <<END
{
  "Tracker": {
    "Storage": { "Mongo": { "ConnectionString": "mongodb://tracker:$mongo@mongo:27017/?replicaSet=tracker&authSource=tracker" } },
    "Cache": { "Redis": { "ConnectionString": "redis:6379,password=$redis" } },
    "Tenants": [
      {
        "Id": "$tenant",
        "Sources": [
          {
            "Id": "$source",
            "Keys": [
              {
                "Sha256": "$(printf %s "$key" | sha256sum | cut -d' ' -f1)",
                "Permissions": [
                  "INTERACTION_WRITE", "PROFILE_READ", "CONSENT_WRITE", "CONSENT_READ", "POLICY_READ", "CATALOG_WRITE", "CATALOG_READ", "PROFILE_MERGE"
                ]
              }
            ]
          }
        ]
      }
    ]
  }
}
END

# The folder is closed to others. The files in it are not, because each container reads them as a user of its own.
chmod 444 "$new"/*
chmod 400 "$new/api-key"
mv -T "$new" "$secrets"
echo "$secrets is made. Back tenant-keys.json up: without it nothing in the database can be read."
