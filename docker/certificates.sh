#!/usr/bin/env bash
# Makes what is missing: an authority, and a certificate for each node that carries every name and address by which
# the node is reached. It replaces nothing, so running it again is safe. docs/operations.md says how to renew.
set -euo pipefail

cd /authority
[ -f ca/ca.crt ] || es-gencert-cli create-ca -days 3650

for number in 1 2 3; do
  folder=/certificates/node$number
  if [ ! -f "$folder/node.crt" ]; then
    rm -rf "./node$number" "$folder"
    es-gencert-cli create-node -days 730 -out "./node$number" \
      -ip-addresses "127.0.0.1,172.30.240.1$number" -dns-names "localhost,node$number"
    mv "./node$number" "$folder"
  fi
done

# Readable for the user that EventStoreDB runs as; the keys for nobody else.
chown -R 1000:1000 /certificates
find /certificates -type f -exec chmod 600 {} +
cp ca/ca.crt /trust/ca.crt
chmod 644 /trust/ca.crt
