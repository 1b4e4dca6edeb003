package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"sync"
	"time"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui"
)

const (
	alertSchema = "gyre.alert/1"
	alertLimit  = 10 * time.Second // for one run of the command
	alertQueue  = 16               // alerts that may wait for it
	alertOutput = 4 << 10          // bytes of its output that are looked at
	alertLinger = time.Second      // for the output of what it left running
)

// alerter runs a command for each new alert, one after the other, with the alert
// as a line of JSON on its standard input.
type alerter struct {
	env   []string
	log   *slog.Logger
	tell  func(ctx context.Context, notice string)
	limit time.Duration

	queue chan alertLine

	// Of whoever waits for the next snapshot.
	news    ui.News
	dropped int // alerts that found the queue full

	mu      sync.Mutex
	command []string // none: nothing is run
	failed  bool     // and it was said of this command
}

// alertLine is an alert as the command gets it.
type alertLine struct {
	Schema   string `json:"schema"`
	At       string `json:"at"`
	Kind     string `json:"kind"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Mode     string `json:"mode"`
	Sample   bool   `json:"sample"`
}

func newAlerter(s *shell, tell func(ctx context.Context, notice string)) *alerter {
	return &alerter{
		env: s.env, log: s.log, tell: tell, limit: alertLimit,
		queue: make(chan alertLine, alertQueue), command: s.config.OnAlert,
	}
}

// set changes the command.
func (a *alerter) set(command []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.command, a.failed = command, false
}

func (a *alerter) chosen() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.command
}

// see queues what is new in the next snapshot. It never waits: where the queue
// is full, alerts are dropped and counted in the log.
func (a *alerter) see(snap *model.Snapshot) {
	fresh := a.news.See(snap)
	if len(a.chosen()) == 0 {
		return
	}
	for i := range fresh {
		select {
		case a.queue <- lineOf(snap, &fresh[i]):
		default:
			a.dropped++
			a.log.Warn("on_alert is too slow", "dropped", a.dropped, "kind", fresh[i].Kind)
		}
	}
}

func lineOf(snap *model.Snapshot, alert *model.Alert) alertLine {
	return alertLine{
		Schema: alertSchema, At: alert.At.In(session.Zone()).Format(time.RFC3339),
		Kind: string(alert.Kind), Severity: alert.Severity.String(), Text: alert.Text,
		Mode: modeName(snap.Mode), Sample: snap.Sample,
	}
}

// modeName is where market time comes from, as the snapshot's JSON has it.
func modeName(m model.Mode) string {
	switch m {
	case model.ModeLive:
		return "live"
	case model.ModeDelayed:
		return "delayed"
	default:
		return "replay"
	}
}

// run runs the command until ctx ends, which ends the command, too.
func (a *alerter) run(ctx context.Context) {
	for {
		select {
		case line := <-a.queue:
			if command := a.chosen(); len(command) > 0 {
				a.execute(ctx, command, line)
			}
		case <-ctx.Done():
			return
		}
	}
}

// execute runs the command for one alert.
func (a *alerter) execute(ctx context.Context, command []string, line alertLine) {
	var input bytes.Buffer
	encoder := json.NewEncoder(&input)
	encoder.SetEscapeHTML(false) // S&P is S&P
	if err := encoder.Encode(line); err != nil {
		a.complain(ctx, err, "")
		return
	}
	limited, stop := context.WithTimeout(ctx, a.limit)
	defer stop()
	output := &head{room: alertOutput}
	cmd := exec.CommandContext(limited, command[0], command[1:]...)
	cmd.Env, cmd.Stdin = a.env, &input
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = alertLinger
	apart(cmd)
	err := cmd.Run()
	said := sentence(errors.New(output.String()))
	switch {
	case ctx.Err() != nil: // the dashboard ends, and the command with it
	case limited.Err() != nil:
		a.complain(ctx, fmt.Errorf("it was stopped after %s", a.limit), said)
	case err != nil && !errors.Is(err, exec.ErrWaitDelay): // what it left running may go on
		a.complain(ctx, err, said)
	default:
		a.log.Info("on_alert", "kind", line.Kind, "output", said)
	}
}

// complain logs a failure, and says the first one of a command on the screen.
func (a *alerter) complain(ctx context.Context, err error, said string) {
	a.log.Warn("on_alert failed", "error", sentence(err), "output", said)
	a.mu.Lock()
	first := !a.failed
	a.failed = true
	a.mu.Unlock()
	if first {
		a.tell(ctx, "on_alert failed: "+sentence(err))
	}
}

// head keeps the beginning of what is written to it.
type head struct {
	strings.Builder

	room int
}

// Write takes all of p and keeps what there is room for.
func (h *head) Write(p []byte) (int, error) {
	kept := p[:min(len(p), h.room-h.Len())]
	_, _ = h.Builder.Write(kept) // which never fails
	return len(p), nil
}
