package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gyre/feed/hub"
	"gyre/feed/replay"
	"gyre/ui"
	"gyre/ui/config"
	"gyre/ui/report"
	"gyre/ui/serve"
	"gyre/ui/serve/gate"
)

// serving is what the flags of gyre serve say.
type serving struct {
	listen  []string
	metrics string
	keys    string
	hostKey string
	limits  serve.Limits
	changes map[string]string // of the limits
	private bool
	print   bool
}

func (s *shell) serveCommand() *cobra.Command {
	f := &serving{limits: serve.DefaultLimits()}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the dashboard over SSH",
		Long: "serve shows the dashboard to everybody whose key is in a list, over SSH and from one feed. It listens on " +
			"this machine only unless --listen says otherwise. docs/serving-over-ssh.md tells the rest.",
		Example: "gyre serve --keys ~/.config/gyre/authorized_keys\n" +
			"gyre serve --listen 192.0.2.10:2222 --limit viewers=100\n" +
			"gyre serve --print-limits",
		RunE: s.configured(func(cmd *cobra.Command, _ []string) error { return s.serve(cmd, f) }),
	}
	folder := filepath.Dir(config.Path(s.env))
	set := cmd.Flags()
	set.StringSliceVar(&f.listen, "listen", []string{serve.DefaultAddress}, "addresses to listen at")
	set.StringVar(&f.metrics, "metrics", "", "address of this machine at which Prometheus finds metrics (default none)")
	set.StringVar(&f.keys, "keys", "", "file of the keys that may come in, as of OpenSSH's authorized_keys (default beside the configuration)")
	set.StringVar(&f.hostKey, "host-key", "", "file of the server's own key, made where there is none (default beside the configuration)")
	set.StringToStringVar(&f.changes, "limit", nil, "limits to change, as in viewers=100,idle=1h")
	set.BoolVar(&f.private, "private-replay", false, "everybody has a replay of their own")
	set.BoolVar(&f.print, "print-limits", false, "write every limit with its value")
	for name, file := range map[string]*string{"keys": &f.keys, "host-key": &f.hostKey} {
		*file = filepath.Join(folder, map[string]string{"keys": "authorized_keys", "host-key": "host_ed25519"}[name])
		_ = cmd.MarkFlagFilename(name)
	}
	s.flags.viewFlags(cmd)
	s.flags.playFlags(cmd)
	return cmd
}

// serve serves until it is told to stop.
func (s *shell) serve(cmd *cobra.Command, f *serving) error {
	ctx := cmd.Context()
	for name, value := range f.changes {
		if err := f.limits.Set(name, value); err != nil {
			return usageError{err}
		}
	}
	if f.print {
		return f.limits.Print(s.out)
	}
	if s.logFile == nil { // a server that is silent cannot be looked after
		s.log = slog.New(slog.NewTextHandler(s.err, nil))
	}
	c, err := s.open(ctx, false)
	if err != nil {
		return err
	}
	if f.private && c.player == nil {
		return usagef("--private-replay needs a replay, and %s is live", s.flags.feed)
	}
	server, err := s.server(ctx, f)
	if err != nil {
		return err
	}
	s.serves.Store(true)
	return s.watch(ctx, c, func(running context.Context, h *hub.Hub, _ *hub.Subscription) error {
		d := newDesks(s.config.Alerts)
		d.add(h)
		o := s.seen(c)
		server.Open = serve.Shared(h, o)
		if f.private {
			if server.Open, err = s.private(d, c, o); err != nil {
				return err
			}
		}
		server.Command = s.answering(h)
		var stop func()
		server.Changes, server.Reload, stop = s.attend(running, d, cmd.Flags().Changed)
		defer stop()
		return serve.Run(running, server)
	})
}

// seen is what viewers see of a connection.
func (s *shell) seen(c *connection) ui.Options {
	o := s.options()
	o.Window, o.Stat, o.Query = s.flags.window, s.flags.statistic, s.flags.query()
	o.Calendar = c.data.Reference.Calendar
	if published, _ := s.readNote(c.data); len(published.Claims) > 0 {
		o.Claims = published.Claims
	}
	if c.player != nil {
		o.Player = c.player
	}
	o.Clipboard = s.config.Screen.Clipboard
	return o
}

// private gives everybody a replay of their own of the same data.
func (s *shell) private(d *desks, c *connection, o ui.Options) (func(context.Context, gate.Identity) (*serve.Show, error), error) {
	options, err := s.replayOptions(c.data)
	if err != nil {
		return nil, err
	}
	return serve.Private(func(ctx context.Context) (*hub.Hub, ui.Player, error) {
		source, player := replay.New(c.data, options)
		return d.open(ctx, hub.Options{Source: source}), player, nil
	}, o), nil
}

// server is everything of the server that does not depend on the feed.
func (s *shell) server(ctx context.Context, f *serving) (serve.Config, error) {
	server := serve.Config{HostKey: f.hostKey, Keys: f.keys, Limits: f.limits, Log: s.log}
	var failed error
	listen := func(address string) net.Listener {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("gyre cannot listen at %s: %w", address, cause(err)))
		}
		return l
	}
	for _, address := range f.listen {
		if l := listen(address); l != nil {
			server.Listeners = append(server.Listeners, l)
		}
	}
	if f.metrics != "" {
		server.Metrics = listen(f.metrics)
	}
	if failed != nil {
		for _, l := range slices.Concat(server.Listeners, []net.Listener{server.Metrics}) {
			if l != nil {
				_ = l.Close()
			}
		}
	}
	return server, failed
}

// cause is what the system says of an address.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// answering answers the two commands that clients may ask for.
func (s *shell) answering(h *hub.Hub) func(context.Context, gate.Identity, string, io.Writer) error {
	return func(ctx context.Context, _ gate.Identity, command string, out io.Writer) error {
		viewer := h.Subscribe(s.flags.query())
		defer viewer.Close()
		snap, err := viewer.Next(ctx)
		if err != nil {
			return err
		}
		text := []byte(report.Status(snap, s.flags.report()) + "\n")
		if strings.HasPrefix(command, "snapshot") {
			shown := *snap
			shown.Alerts = sinceTheOpen(snap)
			if text, err = report.Render(report.JSON, &shown, s.flags.report()); err != nil {
				return err
			}
		}
		_, err = out.Write(text)
		return err
	}
}
