#!/bin/sh
# The server's end of a mote packet with the openssl program (3.0 or later) and GNU coreutils, to compare bytes by hand.
# No way to run a server: other users of the machine can read the keys on the command line.
#
#   sh mote_server.sh key MASTER LABEL DEVICE        prints the device's key
#   sh mote_server.sh seal KEY AAD [IV] < plaintext  prints the packet in Base64url; the IV is random if left out
#   sh mote_server.sh open KEY AAD PACKET            prints the plaintext, or refuses: exit status 1
#
# MASTER, KEY, AAD and IV are in hexadecimal, LABEL and DEVICE are text.
set -eu

hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { printf %s "$1" | tr a-f A-F | basenc -d --base16; }
base64url() { basenc -w0 --base64url | tr -d =; }
first_16_bytes() { cut -c 1-32; }
refuse() { echo "refused: $1" >&2; exit 1; }

# tag KEY AAD BODY: the first 16 bytes of HMAC-SHA256 over AAD || BODY || the length of AAD in bits as 8 bytes
tag() {
    unhex "$2$3$(printf %016x $((4 * ${#2})))" |
        openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(printf %s "$1" | first_16_bytes)" -binary | hex | first_16_bytes
}

# decrypt KEY BODY
decrypt() {
    unhex "$(printf %s "$2" | cut -c 33-)" |
        openssl enc -d -aes-128-cbc -K "$(printf %s "$1" | cut -c 33-)" -iv "$(printf %s "$2" | first_16_bytes)"
}

case "$1" in
key)
    info=$(printf '%s\0%s' "$3" "$4" | hex)
    openssl kdf -binary -keylen 32 -kdfopt mode:EXPAND_ONLY -kdfopt digest:SHA256 \
        -kdfopt "hexkey:$2" -kdfopt "hexinfo:$info" HKDF | hex
    ;;
seal)
    iv=${4:-$(openssl rand -hex 16)}
    body=$iv$(openssl enc -aes-128-cbc -K "$(printf %s "$2" | cut -c 33-)" -iv "$iv" | hex)
    unhex "$body$(tag "$2" "$3" "$body")" | base64url
    ;;
open)
    case $((${#4} % 4)) in 2) padding='==' ;; 3) padding='=' ;; *) padding='' ;; esac
    packet=$(printf %s "$4$padding" | basenc -d --base64url 2>/dev/null | hex)
    len=${#packet}
    [ "$(unhex "$packet" | base64url)" = "$4" ] && [ "$len" -ge 96 ] && [ $((len % 32)) = 0 ] || refuse "malformed"
    body=$(printf %s "$packet" | cut -c "-$((len - 32))")
    [ "$packet" = "$body$(tag "$2" "$3" "$body")" ] || refuse "not authentic"
    decrypt "$2" "$body" >/dev/null 2>&1 || refuse "bad padding"
    decrypt "$2" "$body"
    ;;
*)
    refuse "no such command"
    ;;
esac
