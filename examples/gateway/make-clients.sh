#!/bin/sh
# Makes the client certificates of this example anew, and the sessions that name them by their SHA-256.
# Private keys go to clients/, which is not part of the configuration and is never committed.
set -eu
cd "$(dirname "$0")"
mkdir -p clients certs sessions

make_client() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 -days 36500 \
    -keyout "clients/$1.key" -out "certs/$1.pem" -extensions client -config - <<CONFIG 2>/dev/null
[req]
prompt = no
distinguished_name = subject
[subject]
CN = $1
O = Example
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
CONFIG
}

digest() {
  openssl x509 -in "certs/$1.pem" -outform DER | openssl dgst -sha256 -r | cut -d ' ' -f 1
}

make_client alice
make_client bob
alice=acme$(digest alice)
bob=acme$(digest bob)

cat > sessions/example.json <<SESSIONS
{
  "$alice": {
    "alias": "alice, by her certificate",
    "org_id": "acme",
    "expires": 0,
    "is_inactive": false,
    "certificate": "$alice",
    "access_rights": { "customers": { "api_id": "customers", "versions": ["Default"] } }
  },
  "token-of-alice-e7c1": {
    "alias": "alice, by a token that works with her certificate alone",
    "org_id": "acme",
    "expires": 0,
    "is_inactive": false,
    "mtls_static_certificate_bindings": ["$alice"],
    "access_rights": { "orders": { "api_id": "orders", "versions": ["Default"] } }
  },
  "token-of-anybody-55d0": {
    "alias": "a token that works with every listed certificate",
    "org_id": "acme",
    "expires": 0,
    "is_inactive": false,
    "access_rights": { "orders": { "api_id": "orders", "versions": ["Default"] } }
  },
  "token-of-bob-expired-91aa": {
    "alias": "bob, until the end of 2024",
    "org_id": "acme",
    "expires": 1735689599,
    "is_inactive": false,
    "mtls_static_certificate_bindings": ["$bob"],
    "access_rights": { "orders": { "api_id": "orders", "versions": ["Default"] } }
  }
}
SESSIONS
