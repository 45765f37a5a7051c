#!/bin/sh
# examples/servers/mote_server.sh behind the line protocol of mote_cli.c. Labels and devices must be text here.
set -eu

server=$(dirname "$0")/../../examples/servers/mote_server.sh
text() { printf %s "$1" | tr a-f A-F | basenc -d --base16; }
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

while IFS=, read -r command a b c d; do
    case "$command" in
    key)
        answer=$(sh "$server" key "$a" "$(text "$b")" "$(text "$c")" </dev/null)
        echo "ok,$answer"
        ;;
    seal)
        answer=$(text "$d" | sh "$server" seal "$a" "$c" ${b:+"$b"})
        echo "ok,$answer"
        ;;
    open)
        status=0
        sh "$server" open "$a" "$b" "$c" </dev/null >"$scratch/plaintext" 2>"$scratch/reason" || status=$?
        if [ $status = 0 ]; then
            echo "ok,$(od -An -v -tx1 <"$scratch/plaintext" | tr -d ' \n')"
        elif [ $status = 1 ] && grep -q '^refused: ' "$scratch/reason" && [ ! -s "$scratch/plaintext" ]; then
            echo refused
        else
            cat "$scratch/reason" >&2
            exit 2
        fi
        ;;
    *)
        echo "drive.sh: no such request" >&2
        exit 2
        ;;
    esac
done
