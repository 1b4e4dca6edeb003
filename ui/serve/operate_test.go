package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"gyre/feed/dataset"
	"gyre/feed/hub"
	"gyre/feed/replay"
	exchange "gyre/model/session"
	sampledata "gyre/sample-data"
	"gyre/ui"
)

func TestMetrics(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, func(c *Config) { c.Metrics = listener })
	b.look(b.login(b.viewer), "xterm", 80, 24).shows("REPLAY")
	_, _ = b.dial(ssh.PublicKeys(newKey(t)))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	read := func() string {
		answer, err := client.Get("http://" + listener.Addr().String() + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, want := range []string{
		"gyre_ssh_logins_total 1\n", `gyre_ssh_refusals_total{reason="handshake"} 1` + "\n", "gyre_ssh_sessions 1\n", "gyre_ssh_connections 1\n",
		"gyre_ssh_panics_total 0\n", "process_resident_memory_bytes",
	} {
		eventually(t, want, func() bool { return strings.Contains(read(), want) })
	}
}

func TestOneReplayForAllAndOneForEach(t *testing.T) {
	data, err := dataset.Load(t.Context(), sampledata.FS(), "sample")
	if err != nil {
		t.Fatal(err)
	}
	begin := func(context.Context) (*hub.Hub, ui.Player, error) {
		source, player := replay.New(data, replay.Options{At: exchange.NewDate(2025, time.March, 24).At(10, 0), Paused: true})
		return hub.New(hub.Options{Source: source}), player, nil
	}
	for name, private := range map[string]bool{"shared": false, "private": true} {
		t.Run(name, func(t *testing.T) {
			h, player, _ := begin(t.Context())
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); _ = h.Run(ctx) }()
			defer func() { stop(); <-ended }()
			b := start(t, func(c *Config) {
				c.Open = Shared(h, ui.Options{Player: player})
				if private {
					c.Open = Private(begin, ui.Options{})
				}
			})
			boss, viewer := b.look(b.login(b.boss), "xterm", 120, 40), b.look(b.login(b.viewer), "xterm", 120, 40)
			boss.shows("10:00:00 ET")
			viewer.shows("10:00:00 ET")
			boss.typed("\x1b[C")
			boss.shows("10:01:00 ET")
			if private {
				viewer.typed("\x1b[D")
				viewer.shows("09:59:00 ET")
				return
			}
			viewer.shows("10:01:00 ET")
		})
	}
}

func run(c *exec.Cmd, args ...string) (string, error) {
	c.Args = append(c.Args, args...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.String(), err
}

// privateKey is a key as ssh-keygen writes it.
func privateKey(t *testing.T) ([]byte, ssh.Signer) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(block), signer
}
