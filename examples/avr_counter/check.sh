#!/bin/sh
# check.sh BOARD FIRMWARE RECEIVE - run the meter on a simulated chip, with a reset in between, and open what it sends.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
master=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f

"$1" "$2" 35 2 > "$work/lines"
cat "$work/lines"
"$3" $master < "$work/lines" > "$work/readings"
cat > "$work/expected" <<END
meter-17 reading 1: 10 pulses
meter-17 reading 2: 20 pulses
meter-17 reading 3: 30 pulses
meter-17 reading 4: 40 pulses
meter-17 reading 5: 50 pulses
meter-17 reading 6: 60 pulses
END
diff "$work/expected" "$work/readings"

# No two lines share an IV, a line that comes again is refused, and so is one whose number or packet was changed.
cut -d ' ' -f 2 "$work/lines" | cut -c 6-27 | sort | uniq -d > "$work/same"
test ! -s "$work/same"
receive=$3
refuse() {
  if "$receive" $master < "$1" > "$work/refused" || ! grep -q "^refused: $2" "$work/refused"; then
    echo "not refused: $2"
    cat "$1" "$work/refused"
    exit 1
  fi
}
(cat "$work/lines"; head -n 1 "$work/lines") > "$work/again"
refuse "$work/again" "meter-17 reading 1 came before"
sed '1s/ AAAA/ AAAB/' "$work/lines" > "$work/number"
refuse "$work/number" "not authentic"
sed '2s/.$/A/; 3s/meter-17/meter-18/' "$work/lines" > "$work/changed"
refuse "$work/changed" "not authentic"
test "$(grep -c '^refused' "$work/refused")" = 2
echo "6 readings opened; repeated, renumbered and changed lines refused"
