#!/bin/sh
# make-certificates.sh FOLDER - an authority of our own, and certificates for 127.0.0.1 that are right or wrong in one way
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
cd "$1"

cat > openssl.cnf <<'TEXT'
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[here]
subjectAltName = IP:127.0.0.1, DNS:localhost
[elsewhere]
subjectAltName = DNS:elsewhere.example
[req]
distinguished_name = name
[name]
TEXT
: > index.txt

key ()
{
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
}

authority ()
{
  key "$1"
  openssl req -x509 -config openssl.cnf -extensions authority -key "$1.key" -subj "/CN=$1" -days 30 -out "$1.pem"
}

# certificate NAME EXTENSIONS START END: with its key in the same file
certificate ()
{
  key "$1"
  openssl req -new -config openssl.cnf -key "$1.key" -subj "/CN=$1" -out "$1.csr"
  openssl ca -batch -config openssl.cnf -extensions "$2" -startdate "$3" -enddate "$4" -cert authority.pem \
    -keyfile authority.key -in "$1.csr" -out "$1.crt" -notext
  cat "$1.crt" "$1.key" > "$1.pem"
}

{
  authority authority
  authority stranger
  certificate right here 20200101000000Z 20990101000000Z
  certificate elsewhere elsewhere 20200101000000Z 20990101000000Z
  certificate expired here 20200101000000Z 20200102000000Z
  certificate future here 20980101000000Z 20990101000000Z
  key itself
  openssl req -x509 -config openssl.cnf -extensions here -key itself.key -subj /CN=itself -days 30 -out itself.crt
  cat itself.crt itself.key > itself.pem
} > openssl.log 2>&1 || { cat openssl.log >&2; exit 1; }
