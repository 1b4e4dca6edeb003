package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The keys that must never be seen, with characters that addresses write in
// another way.
const (
	canaryID     = "PKCANARY/ID+1234567="
	canarySecret = "canary/Secret+ABCDEFGHIJ=="
	canaryOther  = "canary+Massive/KLMNOPQR="
)

// leaks tells in which form a key is in a text, "" where none is.
func leaks(text string) string {
	for _, secret := range []string{canaryID, canarySecret, canaryOther, "Bearer " + canaryOther} {
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))} {
			if strings.Contains(text, form) {
				return form
			}
		}
	}
	for _, part := range []string{"CANARY", "canary"} { // cut, or in a form that nobody has thought of
		if i := strings.Index(text, part); i >= 0 {
			return text[i:min(i+20, len(text))]
		}
	}
	return ""
}

// parrot is a vendor that fails and repeats what it was told.
type parrot struct {
	answer func(heard, secret string) (status int, header http.Header, body string, err error)

	mu    sync.Mutex
	asked map[string]int // hosts, and how often
	keyed map[string]int // those that were told a key
}

func (p *parrot) RoundTrip(r *http.Request) (*http.Response, error) {
	said, secret := []string{r.URL.String()}, ""
	for name, values := range r.Header {
		said = append(said, name+": "+strings.Join(values, ","))
		for _, v := range values {
			if leaks(v) != "" {
				secret = strings.TrimPrefix(v, "Bearer ")
			}
		}
	}
	heard := strings.Join(said, " ")
	p.mu.Lock()
	p.asked[r.URL.Host]++
	if leaks(heard) != "" {
		p.keyed[r.URL.Host]++
	}
	p.mu.Unlock()
	status, header, body, err := p.answer(heard, secret)
	if err != nil {
		return nil, err
	}
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, secret), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}, nil
}

// parrots are the ways in which a vendor repeats a key.
func parrots() map[string]func(heard, secret string) (int, http.Header, string, error) {
	return map[string]func(heard, secret string) (int, http.Header, string, error){
		"a refusal that repeats the key": func(heard, secret string) (int, http.Header, string, error) {
			return 401, nil, fmt.Sprintf(`{"message":"no such key %s, you said %s","error":%q,"status":"ERROR"}`, secret, heard, secret), nil
		},
		"a refusal in plain words": func(heard, _ string) (int, http.Header, string, error) { return 403, nil, heard, nil },
		"too many, for a key": func(heard, secret string) (int, http.Header, string, error) {
			return 429, http.Header{"Retry-After": {secret}}, fmt.Sprintf(`{"error":%q}`, heard), nil
		},
		"a failure with the address": func(heard, secret string) (int, http.Header, string, error) {
			return 500, nil, fmt.Sprintf(`{"message":"%s?apiKey=%s"}`, heard, url.QueryEscape(secret)), nil
		},
		"another address": func(_, secret string) (int, http.Header, string, error) {
			return 302, http.Header{"Location": {"https://elsewhere.example/?key=" + url.QueryEscape(secret)}}, secret, nil
		},
		"a page": func(heard, secret string) (int, http.Header, string, error) {
			return 200, nil, "<html>" + heard + secret, nil
		},
		"keys in the place of all figures": func(_, secret string) (int, http.Header, string, error) {
			return 200, nil, strings.ReplaceAll(`{"KEY":{"latestTrade":{"t":"KEY","p":"KEY","c":["KEY"]},"dailyBar":{"t":"KEY","c":1}},
				"SPY":{"latestTrade":{"t":"KEY","p":1,"c":["KEY"]}},"S0001":{"latestTrade":{"t":"KEY","p":1}},
				"status":"KEY","error":"KEY","message":"KEY","market":"KEY","serverTime":"KEY","next_page_token":"KEY","next_url":"https://KEY",
				"tickers":[{"ticker":"KEY","updated":"KEY","day":{"c":"KEY"}}],"results":[{"T":"KEY","t":"KEY","ticker":"KEY","value":"KEY"}],
				"bars":{"KEY":[{"t":"KEY"}]},"auctions":{"KEY":[{"d":"KEY"}]},"corporate_actions":{"KEY":[{"ex_date":"KEY"}]}}`, "KEY", secret), nil
		},
		"no answer": func(heard, secret string) (int, http.Header, string, error) {
			return 0, nil, "", &url.Error{Op: "Get", URL: heard, Err: errors.New("dial " + secret + ": refused after " + heard)}
		},
	}
}

// keyed are the commands that use keys, each with a vendor that is asked.
func keyed() map[string]string {
	return map[string]string{
		"--feed alpaca": "data.alpaca.markets", "--feed alpaca:sip": "data.alpaca.markets", "--feed massive": "api.massive.com",
		"snapshot --feed alpaca": "data.alpaca.markets", "snapshot --format json --feed massive": "api.massive.com",
		"status --feed massive": "api.massive.com", "status --watch --feed alpaca": "data.alpaca.markets",
		"sync --vendor alpaca --contact me@example.com": "data.alpaca.markets",
		"sync --vendor massive --only closes,actions":   "api.massive.com",
		"sync --dry-run": "", "doctor": "data.alpaca.markets", "doctor --offline": "",
		"config": "", "config check": "", "store info": "",
		"import holdings https://www.ishares.com/list.csv --index RUT": "www.ishares.com",
	}
}

// A key goes to its vendor and nowhere else: not to the screen, the output, the
// errors, the log or the store, whatever the vendor answers.
func TestKeysAreSeenByTheirVendorOnly(t *testing.T) {
	for name, answer := range parrots() {
		t.Run(name, func(t *testing.T) {
			for command, host := range keyed() {
				t.Run(command, func(t *testing.T) {
					p := &parrot{answer: answer, asked: map[string]int{}, keyed: map[string]int{}}
					tell(t, p, strings.Fields(command))
					if host != "" && p.asked[host] == 0 {
						t.Errorf("%s was not asked, only %v", host, p.asked)
					}
					for host := range p.keyed {
						if !slices.Contains([]string{"data.alpaca.markets", "paper-api.alpaca.markets", "stream.data.alpaca.markets", "api.massive.com"}, host) {
							t.Errorf("%s was told a key", host)
						}
					}
				})
			}
		})
	}
}

// tell runs a command, one that does not end for two minutes, and looks at all that it has said.
func tell(t *testing.T, vendor *parrot, args []string) {
	t.Helper()
	home := t.TempDir()
	log := filepath.Join(home, "log")
	env := []string{
		"TERM=xterm-256color", "XDG_DATA_HOME=" + filepath.Join(home, "data"),
		alpacaKey + "=" + canaryID, alpacaSecret + "=" + canarySecret, massiveKey + "=" + canaryOther,
	}
	look := func(where, text string) {
		t.Helper()
		if form := leaks(text); form != "" {
			t.Errorf("%s shows %s:\n%s", where, form, text)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		g, p := newGlass(), atEleven()
		g.seen = func(text string) { look("the screen", text) }
		p.Sample, p.transport, p.show = eightyNames(), vendor, nil
		if strings.HasPrefix(args[0], "-") {
			p.show = g.show
		}
		if slices.Contains(args, "--feed") {
			args = append(args, "--data", "sample")
		}
		within := 2 * time.Minute
		if args[0] == "sync" {
			within = 24 * time.Hour // it gives up by itself
		}
		ctx, stop := context.WithTimeout(t.Context(), within)
		defer stop()
		var out, said bytes.Buffer
		p.Run(ctx, append(args, "--log", log), strings.NewReader(""), &out, &said, env)
		look("the output", out.String())
		look("the error", said.String())
	})
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		look(filepath.Base(path), string(text))
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(log); err != nil || len(text) == 0 {
		t.Errorf("nothing was logged: %v", err)
	}
}

// What is on the command line is on the list of processes, so that no flag takes
// a key.
func TestNoFlagTakesAKey(t *testing.T) {
	flags := 0
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			flags++
			for _, word := range []string{"secret", "token", "password", "api", "credential"} {
				if strings.Contains(f.Name, word) {
					t.Errorf("%s takes --%s", cmd.CommandPath(), f.Name)
				}
			}
		})
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(bareShell(t).command())
	if flags < 30 {
		t.Errorf("only %d flags were looked at", flags)
	}
}
