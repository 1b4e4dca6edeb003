package wire_test

import (
	"strings"
	"testing"

	"gyre/feed/wire"
)

// What a field takes at the ends of its range, and what is just beyond.
func TestBounds(t *testing.T) {
	type bounds struct{ taken, refused []string }
	prices := bounds{
		[]string{"0.000001", "0.0000005", "1000000000", "1000000000.0", "999999999.999999"},
		[]string{"0", "0.0", "0.0000004", "-0.000001", "1000000000.000001", "1000000001", "99999999999999999999", "1e2", "1E-2", `"5"`, "null", "true", "[5]", "{}"},
	}
	counts := bounds{
		[]string{"0", "1", "9223372036854775", "0.9", "7.000000"},
		[]string{"-1", "-0.5", "9223372036854776", "1e6", `"7"`, "null", "false", "[7]"},
	}
	dollars := bounds{
		[]string{"0", "90000000000000", "0.4", "12.5"},
		[]string{"90000000000001", "-90000000000001", "1e9", `"0"`, "null"},
	}
	moments := bounds{
		[]string{"631152000000000000", "1743177600000000001", "7258118399999999999"},
		[]string{"631151999999999999", "7258118400000000000", "9223372036854775807", "9223372036854775808", "-1", "0", "1743177600", "1743177600000", "1743177600000000", "1743177600000000000.5", "1.7e18", `"1743177600000000000"`, "null"},
	}
	dates := bounds{
		[]string{`"1990-01-01"`, `"2024-02-29"`, `"2199-12-31"`},
		[]string{`"1989-12-31"`, `"2200-01-01"`, `"2025-02-29"`, `"2025-13-01"`, `"2025-3-28"`, `"20250328"`, `"28.03.2025"`, `" 2025-03-28"`, `""`, "20250328", "null"},
	}
	names := bounds{
		[]string{`"A"`, `"BRK.B"`, `"BRK B"`, `"RDS/A"`, `"界"`, `"` + strings.Repeat("x", 64) + `"`},
		[]string{`""`, `" A"`, `"A "`, `"A  B"`, `"A\n"`, `"A\u0000"`, `"A\u202eB"`, `"\u200b"`, `"` + strings.Repeat("x", 65) + `"`, "7", "null", `["A"]`},
	}
	texts := bounds{
		[]string{`""`, `"T1"`, `"` + strings.Repeat("x", 500) + `"`, `"\u001b[2J"`},
		[]string{"7", "null", "true", `["T1"]`, `{"T1":1}`},
	}
	for name, c := range map[string]struct {
		line string // with % where the value goes
		bounds
	}{
		"p":          {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"p":%}`, prices},
		"bid":        {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"bid":%}`, prices},
		"ref":        {`{"v":1,"t":"x","s":"A","ts":` + noon + `,"ref":%}`, prices},
		"oc":         {`{"v":1,"t":"i","s":"RUT","ts":` + noon + `,"oc":%}`, prices},
		"amount":     {`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","kind":"spin_off","amount":%}`, prices},
		"vol":        {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"vol":%}`, counts},
		"seq":        {`{"v":1,"t":"k","ts":` + noon + `,"seq":%}`, counts},
		"n":          {`{"v":1,"t":"k","ts":` + noon + `,"n":%}`, counts},
		"shares":     {`{"v":1,"t":"r","s":"A","ts":` + noon + `,"shares":%}`, counts},
		"debt":       {`{"v":1,"t":"r","s":"A","ts":` + noon + `,"debt":%}`, bounds{dollars.taken, append(dollars.refused, "-1")}},
		"minority":   {`{"v":1,"t":"r","s":"A","ts":` + noon + `,"minority":%}`, bounds{append(dollars.taken, "-1", "-90000000000000"), dollars.refused}},
		"ts":         {`{"v":1,"t":"k","ts":%}`, moments},
		"resume":     {`{"v":1,"t":"h","s":"A","ts":` + noon + `,"st":"H","resume":%}`, moments},
		"at":         {`{"v":1,"t":"e","ts":` + noon + `,"at":%,"title":"x"}`, moments},
		"pcd":        {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"pc":20,"pcd":%}`, dates},
		"ex":         {`{"v":1,"t":"c","s":"A","ts":` + noon + `,"old":1,"new":2,"ex":%}`, dates},
		"asof":       {`{"v":1,"t":"r","s":"A","ts":` + noon + `,"asof":%}`, dates},
		"s":          {`{"v":1,"t":"q","ts":` + noon + `,"s":%}`, names},
		"new_symbol": {`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","kind":"rename","new_symbol":%}`, names},
		"rc":         {`{"v":1,"t":"h","s":"A","ts":` + noon + `,"st":"H","rc":%}`, texts},
		"src":        {`{"v":1,"t":"k","ts":` + noon + `,"src":%}`, texts},
		"consensus":  {`{"v":1,"t":"e","ts":` + noon + `,"at":` + noon + `,"title":"x","consensus":%}`, texts},
		"dly": {`{"v":1,"t":"k","ts":` + noon + `,"dly":%}`, bounds{
			[]string{"0", "900", "604800"}, []string{"-1", "604801", `"900"`, "null"},
		}},
		"lag_ms": {`{"v":1,"t":"k","ts":` + noon + `,"lag_ms":%}`, bounds{
			[]string{"0", "1", "9223372036854"}, []string{"-1", "9223372036855", "null"},
		}},
		"old": {`{"v":1,"t":"c","s":"A","ts":` + noon + `,"ex":"2025-03-31","new":7,"old":%}`, bounds{
			[]string{"1", "1000000"}, []string{"0", "7", "1000001", "-1", "0.5", "null"},
		}},
		"importance": {`{"v":1,"t":"e","ts":` + noon + `,"at":` + noon + `,"title":"x","importance":%}`, bounds{
			[]string{"1", "2", "3"}, []string{"4", "-1", `"3"`, "null"},
		}},
		"st": {`{"v":1,"t":"h","s":"A","ts":` + noon + `,"st":%}`, bounds{
			[]string{`"H"`, `"P"`, `"Q"`, `"T"`}, []string{`"h"`, `"HP"`, `""`, "1", "null"},
		}},
		"ses": {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"ses":%}`, bounds{
			[]string{`"pre"`, `"reg"`, `"post"`, `"ovn"`}, []string{`"REG"`, `""`, "null"},
		}},
		"agg": {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"agg":%}`, bounds{
			[]string{"true", "false"}, []string{"1", `"true"`, "null"},
		}},
		"cond": {`{"v":1,"t":"q","s":"A","ts":` + noon + `,"cond":%}`, bounds{
			[]string{"[]", `["@"]`, `[ "@" , "I" ]`, `[` + strings.Repeat(`"@",`, 15) + `"@"]`},
			[]string{`"@"`, `[""]`, "[1]", "[null]", `["\u001b"]`, `[["@"]]`, `{"@":1}`, "null"},
		}},
	} {
		codec := wire.New()
		for _, value := range c.taken {
			if _, err := codec.Decode([]byte(strings.Replace(c.line, "%", value, 1))); err != nil {
				t.Errorf("%s does not take %.100s: %v", name, value, err)
			}
		}
		for _, value := range c.refused {
			r, err := codec.Decode([]byte(strings.Replace(c.line, "%", value, 1)))
			if err == nil {
				t.Errorf("%s takes %.100s, as %+v", name, value, r)
			}
		}
	}
}
