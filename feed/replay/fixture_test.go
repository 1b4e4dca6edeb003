package replay_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"gyre/feed/dataset"
	"gyre/model"
	"gyre/model/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// market is a small dataset over four sessions. Wednesday 26 March and Thursday
// have closes only; Friday and Monday have bars, and so minutes.
func market(t *testing.T) *dataset.Dataset {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"dataset.toml": "intraday = \"synthetic\"\nseed = 1\nfrom = \"2025-03-26\"\nto = \"2025-03-31\"\nstart = \"2025-03-28\"\n",
		"instruments.csv": `id,symbol,name,sector,share_class_of
A,AAA,Alpha,IT,
B,BBB,Beta,IT,
C,CCC,Gamma,IT,
H,HHH,Halted,IT,
`,
		"closes.csv": `date,id,open,high,low,close,volume
2025-03-26,A,,,,10,1000
2025-03-26,B,,,,20,1000
2025-03-26,C,,,,30,1000
2025-03-26,H,,,,40,1000
2025-03-27,A,,,,10.5,1000
2025-03-27,B,,,,20.5,1000
2025-03-27,C,,,,30.5,1000
2025-03-27,H,,,,40.5,1000
2025-03-28,A,10.4,11,10,10.6,1000000
2025-03-28,B,20.4,21,20,20.6,2000000
2025-03-28,C,30.4,31,30,30.6,3000000
2025-03-28,H,40.4,41,40,40.6,4000000
2025-03-31,A,10.6,11,10,10.8,1000000
2025-03-31,B,20.6,21,20,20.8,2000000
2025-03-31,C,30.6,31,30,30.8,3000000
`,
		"indices.csv": `symbol,name,date,open,high,low,close,high_at,low_at
RUT,Russell 2000,2025-03-26,,,,2073.83,,
RUT,Russell 2000,2025-03-27,,,,2065.70,,
RUT,Russell 2000,2025-03-28,2063.31,2063.31,2013.00,2023.27,09:30,13:35
RUT,Russell 2000,2025-03-31,2003.05,2015.59,1977.36,2011.91,,
`,
		"members.csv": `index,id,from,to
RUT,A,2024-07-01,
RUT,B,2024-07-01,
RUT,C,2024-07-01,
RUT,H,2024-07-01,
`,
		"shares.csv": `id,known_at,shares
A,2024-11-29,1000000
B,2024-11-29,2000000
C,2024-11-29,3000000
H,2024-11-29,4000000
`,
		"events.csv": `at,title,importance,consensus,previous,revised,actual,known_at,source
2025-03-28T08:30:00-04:00,Core PCE,3,2.7,2.6,2.7,2.8,,BEA
2025-03-28T10:00:00-04:00,Sentiment,2,57.9,57.9,,57.0,,UMich
2025-03-29T12:00:00-04:00,A weekend headline,1,,,,,,news
`,
		"halts.csv": `at,id,state,code
2025-03-28T10:42:15-04:00,H,H,T1
2025-03-28T13:20:00-04:00,B,H,LUDP
2025-03-28T13:25:30-04:00,B,R,
`,
		"ticks.csv": `at,id,price,volume,conditions
2025-03-28T09:33:00-04:00,C,30.4,,O
2025-03-28T11:07:12-04:00,A,1.05,,
2025-03-28T11:07:40-04:00,A,10.5,,I
`,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	ds, err := dataset.Load(t.Context(), files, "test")
	if err != nil || ds.ProblemCount > 0 {
		t.Fatal(err, ds)
	}
	return ds
}

// The IDs of the names in market.
const (
	nameA = model.ID(iota)
	nameB
	nameC
	nameH
)

// ny is a moment in New York in March 2025, written as "28 09:30" or "28 11:07:12".
func ny(tb testing.TB, text string) time.Time {
	tb.Helper()
	layout := "2006-01-02 15:04:05"
	if strings.Count(text, ":") == 1 {
		text += ":00"
	}
	at, err := time.ParseInLocation(layout, "2025-03-"+text, session.Zone())
	if err != nil {
		tb.Fatal(err)
	}
	return at
}

// dump writes everything that v holds, also behind pointers. Unlike JSON it
// knows NaN.
func dump(v any) string {
	var b strings.Builder
	write(&b, reflect.ValueOf(v))
	return b.String()
}

func write(b *strings.Builder, v reflect.Value) {
	if v.IsValid() && v.CanInterface() {
		switch at := v.Interface().(type) {
		case time.Time:
			b.WriteString(at.Format(time.RFC3339Nano))
			return
		case fmt.Stringer:
			if v.Kind() != reflect.Pointer || !v.IsNil() {
				b.WriteString(at.String())
			}
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		write(b, v.Elem())
	case reflect.Struct:
		b.WriteByte('{')
		for i := range v.NumField() {
			b.WriteString(v.Type().Field(i).Name + ":")
			write(b, v.Field(i))
			b.WriteByte('\n')
		}
		b.WriteByte('}')
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			write(b, v.Index(i))
			b.WriteByte(',')
		}
	default:
		fmt.Fprint(b, v)
	}
}
