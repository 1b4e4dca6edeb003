package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"gyre/feed/dataset"
	"gyre/feed/store"
	"gyre/ui/config"
)

// What --data takes beside the path of a folder.
const (
	storeName  = store.Name
	sampleName = "sample"
)

// storePath is the file of --store, or that of the data folder.
func (s *shell) storePath() (string, error) {
	folder := config.DataFolder(s.env)
	switch {
	case s.flags.store != "":
		return s.flags.store, nil
	case folder == "":
		return "", usagef("neither XDG_DATA_HOME nor HOME names a folder for the store; name a file with --store FILE")
	}
	return filepath.Join(folder, "gyre.db"), nil
}

// loadStore is what a store has, as a dataset.
func (s *shell) loadStore(ctx context.Context, path string) (*dataset.Dataset, error) {
	kept, err := store.OpenExisting(ctx, path)
	if err != nil {
		return nil, err
	}
	data, err := kept.Dataset(ctx)
	return data, errors.Join(err, kept.Close())
}

// withStore runs do with the store.
func (s *shell) withStore(ctx context.Context, open func(context.Context, string) (*store.Store, error), do func(*store.Store) error) error {
	path, err := s.storePath()
	if err != nil {
		return err
	}
	kept, err := open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(do(kept), kept.Close())
}

// storeFlag names another store.
func (s *settings) storeFlag(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&s.store, "store", "", "file of the store, instead of the one in the data folder")
	_ = cmd.MarkPersistentFlagFilename("store", "db")
}

func (s *shell) storeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "store",
		Short: "Show, check or tidy the store",
		Long: "The store is a file of gyre/gyre.db in the folder of $XDG_DATA_HOME, which is ~/.local/share where that is " +
			"not set. gyre import and gyre sync fill it, and --data store replays it.",
		Example: "gyre store info\n" +
			"gyre snapshot --data store --at end",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	s.flags.storeFlag(cmd)
	cmd.AddCommand(
		&cobra.Command{Use: "info", Short: "Tell what is in the store", RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), store.OpenExisting, func(kept *store.Store) error { return s.tellStore(cmd.Context(), kept) })
		}},
		&cobra.Command{Use: "check", Short: "Look for damage and contradictions", RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), store.OpenExisting, func(kept *store.Store) error { return s.checkStore(cmd.Context(), kept) })
		}},
		&cobra.Command{Use: "vacuum", Short: "Give unused room back", RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), store.OpenExisting, func(kept *store.Store) error {
				before, after, err := kept.Vacuum(cmd.Context())
				if err != nil {
					return err
				}
				return s.write(fmt.Appendf(nil, "%s before, %s now\n", size(before), size(after)))
			})
		}},
	)
	return cmd
}

// tellStore writes what there is, a line for each kind.
func (s *shell) tellStore(ctx context.Context, kept *store.Store) error {
	info, err := kept.Info(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "%s\t%s\n", info.Path, size(info.Bytes))
	for _, t := range info.Tables {
		days := ""
		if t.Rows > 0 && t.Last != 0 {
			days = fmt.Sprintf("%s to %s", t.First, t.Last)
		}
		_, _ = fmt.Fprintf(w, "%s\t%d\t%s\n", t.Name, t.Rows, days)
	}
	for _, l := range info.Lists {
		_, _ = fmt.Fprintf(w, "%s\t%d members\tof %s\n", l.Index, l.Members, l.AsOf)
	}
	if err := w.Flush(); err != nil {
		return unwritable(err)
	}
	return nil
}

// checkStore writes "ok", or fails with what is wrong.
func (s *shell) checkStore(ctx context.Context, kept *store.Store) error {
	found, err := kept.Check(ctx)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return s.write([]byte("ok\n"))
	}
	const shown = 20
	for _, sentence := range found[:min(len(found), shown)] {
		if err := s.write([]byte(sentence + "\n")); err != nil {
			return err
		}
	}
	return fmt.Errorf("the store has %d problems", len(found))
}

// size is a number of bytes as people read it.
func size(bytes int64) string {
	const mega = 1 << 20
	if bytes < mega {
		return fmt.Sprintf("%d KB", (bytes+1023)/1024)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/mega)
}

// isStore tells whether path is a database's file.
func isStore(path string) bool {
	const begins = "SQLite format 3\x00"
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false // to open a pipe may wait for ever
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, len(begins))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == begins
}
