package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"gyre/feed/store"
	"gyre/feed/sync"
	"gyre/ui/config"
)

// fetching is what the flags of gyre sync say.
type fetching struct {
	vendor   string
	contact  string
	kinds    []string
	indices  []string
	sessions int
	dry      bool
}

func (s *shell) syncCommand() *cobra.Command {
	var f fetching
	var kinds []string
	for _, k := range sync.Kinds() {
		kinds = append(kinds, string(k))
	}
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Bring the store up to date",
		Long: "sync asks publishers for what the store lacks: lists of members, closes and corporate actions (of a vendor whose " +
			"keys are set), balance sheets, calendars and the federal funds rate. It asks slowly, and goes on where it was broken off.",
		Example: "gyre sync --dry-run\n" +
			"gyre sync --vendor alpaca --contact me@example.com\n" +
			"gyre sync --only calendar,rate",
		RunE: s.configured(func(cmd *cobra.Command, _ []string) error {
			options, err := s.syncOptions(&f)
			if err != nil {
				return err
			}
			return s.withStore(cmd.Context(), store.Open, func(kept *store.Store) error { return s.sync(cmd.Context(), kept, options, f.dry) })
		}),
	}
	set := cmd.Flags()
	set.StringVar(&f.vendor, "vendor", "", "who is asked for closes and actions: alpaca or massive (default as configured, else the one whose key is set)")
	add(set, &f.contact, config.ParseContact, "contact", "", "ADDRESS", "your e-mail address, which the SEC wants to be told (default as configured); without it there are no balance sheets")
	set.StringSliceVar(&f.kinds, "only", nil, "what to bring: "+strings.Join(kinds, ", ")+" (default all)")
	set.StringSliceVar(&f.indices, "index", nil, "indices whose members to bring: RUT, RMICRO, SPX (default all)")
	set.IntVar(&f.sessions, "sessions", sync.DefaultSessions, "how many sessions closes go back at most")
	set.BoolVar(&f.dry, "dry-run", false, "say what would be asked of whom, and ask nobody")
	suggest(cmd, "vendor", []string{string(sync.Alpaca), string(sync.Massive)})
	suggest(cmd, "only", kinds)
	s.flags.storeFlag(cmd)
	return cmd
}

// syncOptions are the flags, and the keys that are set.
func (s *shell) syncOptions(f *fetching) (sync.Options, error) {
	o := sync.Options{
		Vendor: sync.Vendor(cmp.Or(f.vendor, s.config.Sync.Vendor)), Contact: cmp.Or(f.contact, s.config.Sync.Contact),
		Indices: f.indices, Sessions: f.sessions, Transport: s.program.transport, Now: s.program.now,
	}
	for _, k := range f.kinds {
		o.Kinds = append(o.Kinds, sync.Kind(k))
	}
	if f.sessions < 1 {
		return o, usagef("--sessions: %d is no number of sessions; give 1 or more", f.sessions)
	}
	if o.Vendor == sync.Nobody || o.Vendor == sync.Alpaca {
		keys, err := s.secrets(alpacaKey, alpacaSecret)
		switch {
		case err == nil:
			o.Vendor, o.AlpacaKeyID, o.AlpacaSecret = sync.Alpaca, keys[0], keys[1]
		case o.Vendor == sync.Alpaca:
			return o, err
		}
	}
	if o.Vendor == sync.Nobody || o.Vendor == sync.Massive {
		keys, err := s.secrets(massiveKey)
		switch {
		case err == nil:
			o.Vendor, o.MassiveKey = sync.Massive, keys[0]
		case o.Vendor == sync.Massive:
			return o, err
		}
	}
	return o, nil
}

// sync tells the plan, and does it.
func (s *shell) sync(ctx context.Context, kept *store.Store, options sync.Options, dry bool) error {
	plan, err := sync.NewPlan(ctx, kept, options)
	switch {
	case errors.Is(err, sync.ErrKind), errors.Is(err, sync.ErrIndex), errors.Is(err, sync.ErrVendor):
		return usageError{err}
	case err != nil:
		return err
	case dry:
		return s.write([]byte(plan.String() + "\n"))
	}
	results := plan.Run(ctx, s.progress())
	failed := 0
	for _, r := range results {
		line := fmt.Sprintf("%s: %d of %d rows were news", r.Step.What, r.Stored.Written, r.Stored.Rows)
		switch {
		case r.Err != nil:
			failed++
			line = r.Step.What + ": " + sentence(r.Err)
		case r.Step.Skipped != "":
			line = r.Step.What + ": " + r.Step.Skipped
		}
		if err := s.write([]byte(line + "\n")); err != nil {
			return err
		}
		if r.Report != nil {
			s.log.Info("synchronised", "what", r.Step.What, "report", r.Report.String())
		}
	}
	if failed > 0 && ctx.Err() == nil {
		return fmt.Errorf("%d of %d steps failed; gyre sync goes on where it stopped", failed, len(results))
	}
	return ctx.Err()
}

// progress draws a bar where somebody looks, and nothing where nobody does.
func (s *shell) progress() func(sync.Progress) {
	if !isTerminal(s.err) {
		return nil
	}
	const width = 30
	return func(p sync.Progress) {
		done := width * p.Done / max(p.Total, 1)
		bar := strings.Repeat("━", done) + strings.Repeat("─", width-done)
		if s.flags.ascii {
			bar = strings.Repeat("#", done) + strings.Repeat(".", width-done)
		}
		text := fmt.Sprintf("\r%s %d/%d %s %d/%d %s", bar, p.Step, p.Steps, p.What, p.Done, p.Total, p.Note)
		end := ""
		if p.Done == p.Total && p.Step == p.Steps {
			end = "\n"
		}
		_, _ = fmt.Fprint(s.err, text+ansi.EraseLineRight+end)
	}
}
