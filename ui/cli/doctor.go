package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"golang.org/x/time/rate"

	"gyre/feed/alpaca"
	"gyre/feed/doctor"
	"gyre/feed/halts"
	"gyre/feed/massive"
	"gyre/feed/web"
	"gyre/ui/config"
)

func (s *shell) doctorCommand() *cobra.Command {
	offline := false
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Tell what works, what does not, and what to do",
		Long: "doctor looks at the configuration, the keys and what they are entitled to, each source, the clock, the store and " +
			"the terminal, and says one line of each. Keys are never shown.",
		Example: "gyre doctor\ngyre doctor --offline",
		RunE: func(cmd *cobra.Command, _ []string) error {
			checks, err := s.checks(cmd.Context())
			if err != nil {
				return err
			}
			results := doctor.Run(cmd.Context(), checks, offline)
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			for _, r := range results {
				if err := s.write([]byte(r.String() + "\n")); err != nil {
					return err
				}
			}
			if doctor.Worst(results) == doctor.Fail {
				return errors.New("something does not work; the lines above say what to do")
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&offline, "offline", false, "ask nobody over the network")
	s.flags.storeFlag(cmd)
	return cmd
}

// checks are everything that can be looked at.
func (s *shell) checks(ctx context.Context) ([]doctor.Check, error) {
	path, err := s.storePath()
	if err != nil {
		return nil, err
	}
	keys := s.keys()
	all := []doctor.Check{
		doctor.Configuration(s.configFile(), func() (problems, warnings []string, err error) { return s.examine(ctx) }),
		doctor.Key(alpacaKey, keys, "alpaca cannot be asked"),
		doctor.Key(alpacaSecret, keys, "alpaca cannot be asked"),
		doctor.Key(massiveKey, keys, "massive cannot be asked"),
	}
	if found, err := s.secrets(alpacaKey, alpacaSecret); err == nil {
		all = append(all, doctor.Alpaca(alpaca.Options{KeyID: found[0], Secret: found[1], UserAgent: s.agent(), Transport: s.program.transport})...)
	}
	if found, err := s.secrets(massiveKey); err == nil {
		all = append(all, doctor.Massive(massive.Options{Key: found[0], UserAgent: s.agent(), Transport: s.program.transport})...)
	}
	all = append(all, doctor.Fetch("halts", web.Options{
		Base: halts.Base, UserAgent: s.agent(), Rate: rate.NewLimiter(rate.Every(time.Second), 1), Transport: s.program.transport,
	}, halts.Path, halts.Query()))
	all = append(all, doctor.Store(path, time.Now)...)
	screen := doctor.Screen{Env: s.env, Terminal: isTerminal(s.out)}
	if f, ok := s.out.(interface{ Fd() uintptr }); ok {
		if w, h, err := term.GetSize(f.Fd()); err == nil {
			screen.Width, screen.Height = w, h
		}
	}
	return append(all, doctor.Terminal(screen)...), nil
}

// examine is what is wrong with the configuration, and what is hard to read.
func (s *shell) examine(ctx context.Context) (problems, warnings []string, err error) {
	c, err := orEnd(ctx, s.readConfig)
	var mistakes config.FileError
	switch {
	case errors.As(err, &mistakes):
		for _, p := range mistakes {
			problems = append(problems, p.String())
		}
		return problems, nil, nil
	case err != nil:
		return nil, nil, err
	}
	for _, w := range c.Warnings {
		warnings = append(warnings, w.String())
	}
	if path := s.configFile(); path == "" || !exists(path) {
		return nil, warnings, fmt.Errorf("there is no configuration: %w", fs.ErrNotExist)
	}
	return nil, warnings, nil
}
