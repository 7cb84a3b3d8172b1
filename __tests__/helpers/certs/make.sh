#!/bin/sh
# Made the certificates here, once, with OpenSSL 3. The private keys are public: of no use outside these tests.
# `ca` signs `server` (localhost and 127.0.0.1) and `client` (for mutual TLS). Valid from 2020 to 2120, so that no test
# fails by its date.
set -eu
work=$(mktemp -d)
cd "$(dirname "$0")"
: >"$work/index"
echo 01 >"$work/serial"
cat >"$work/ca.conf" <<CONF
[ca]
default_ca = test
[test]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
CONF
sign() {
  name=$1 subject=$2 extension=$3
  shift 3
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$subject" -addext "$extension" \
    -keyout "$name.key" -out "$work/$name.csr"
  openssl ca -batch -notext -config "$work/ca.conf" -startdate 20200101000000Z -enddate 21200101000000Z \
    -in "$work/$name.csr" -out "$name.pem" "$@"
}
sign ca 'Test CA' 'basicConstraints=critical,CA:TRUE' -selfsign -keyfile ca.key
sign server server 'subjectAltName=DNS:localhost,IP:127.0.0.1' -cert ca.pem -keyfile ca.key
sign client client 'subjectAltName=DNS:client' -cert ca.pem -keyfile ca.key
# Nothing else is to be signed with it.
rm -r ca.key "$work"
