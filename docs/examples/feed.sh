#!/bin/sh
# A feed for gyre in shell: invented prices of the symbols given as arguments,
# once a second.
#
#   gyre --feed "exec:sh docs/examples/feed.sh AAPL BRK.B"
set -eu

while :; do
	seconds=$(date +%s)
	now="${seconds}000000000" # nanoseconds since 1970
	place=0
	for symbol in "$@"; do
		place=$((place + 1))
		cents=$(((seconds * place) % 90 + 10)) # replace this with a real price
		printf '{"v":1,"t":"q","s":"%s","ts":%s,"p":20.%s,"src":"example"}\n' "$symbol" "$now" "$cents"
	done
	# All symbols are told: the screen may show this moment.
	printf '{"v":1,"t":"k","ts":%s}\n' "$now"
	sleep 1
done
