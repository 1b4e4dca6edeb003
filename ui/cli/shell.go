package cli

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"gyre/ui/config"
	"gyre/ui/panel"
)

// shell is one run of the program: its streams, its flags, its log.
type shell struct {
	program  Program
	in       io.Reader
	out, err io.Writer
	env      []string
	flags    settings
	config   config.Config
	log      *slog.Logger
	logFile  *os.File // nil where nothing is logged
	failure  error    // of the command
	told     careful  // to standard output, by help and its like
	serves   *atomic.Bool
	hangups  chan struct{} // for a server to read its keys again
}

// command is the whole tree of commands.
func (s *shell) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "gyre",
		Short: "Watch equity rotation live in a terminal",
		Long: "gyre shows how money moves between large and small companies, and between those with high and low debt. " +
			"Without flags it replays the embedded sample, the last week of March 2025. " +
			"Where standard output is not a terminal, it writes the last frame as text.",
		Example: "gyre\n" +
			"gyre --speed 300 --from 2025-03-26\n" +
			"gyre snapshot --at end --format json\n" +
			"gyre status --watch",
		RunE: s.configured(s.dashboard),
	}
	root.SetIn(s.in)
	root.SetOut(s.help()) // before the completions are added, which take it as it is
	root.SetErr(painted(s.err))
	s.flags.globalFlags(root)
	s.flags.viewFlags(root)
	s.flags.atFlag(root, "moment to begin at; a date alone means its close")
	s.flags.playFlags(root)
	root.Flags().BoolVar(&s.flags.paused, "paused", false, "begin paused")
	root.AddCommand(s.snapshotCommand(), s.statusCommand(), s.serveCommand(), s.importCommand(), s.syncCommand(), s.storeCommand(), s.doctorCommand(), s.configCommand(), s.manCommand())
	root.SetHelpCommand(s.helpCommand())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		s.failure = flagError(cmd, err)
		return nil
	})
	root.InitDefaultCompletionCmd()
	s.keepFailures(root)
	return root
}

// help is where the help and its like are written to: the terminal itself, which
// is asked for its colours, or what remembers that it could not be written.
func (s *shell) help() io.Writer {
	if isTerminal(s.out) {
		return s.out
	}
	s.told.Writer = s.out
	return painted(&s.told)
}

// keepFailures lets cmd and all below it keep their errors instead of
// returning them. One that were returned would let fang ask the terminal for
// its colours first, and some terminals never answer.
func (s *shell) keepFailures(cmd *cobra.Command) {
	run := cmd.RunE
	if !cmd.Runnable() {
		run = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	takes, complete := noArguments, cobra.NoFileCompletions
	if cmd.HasParent() && cmd.Parent().Name() == "import" {
		takes, complete = cobra.ArbitraryArgs, nil // files
	}
	switch cmd.Name() {
	case "help":
		takes = cobra.ArbitraryArgs // the name of a command
	case "check":
		takes, complete = oneFile, nil // which completes files
	}
	cmd.Args, cmd.ValidArgsFunction = cobra.ArbitraryArgs, complete
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s.failure = inTurn(cmd, args, takes, noneEmpty, s.openLog, run)
		return nil
	}
	for _, c := range cmd.Commands() {
		s.keepFailures(c)
	}
}

// inTurn does one thing after the other until one fails.
func inTurn(cmd *cobra.Command, args []string, steps ...func(*cobra.Command, []string) error) error {
	for _, step := range steps {
		if err := step(cmd, args); err != nil {
			return err
		}
	}
	return nil
}

func (s *shell) snapshotCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "snapshot",
		Short: "Write one moment as text, Markdown, JSON, CSV or a picture",
		Long: "snapshot writes everything known at one moment, by default the end of the dataset, to standard output. " +
			"The JSON follows the schema gyre.snapshot/1. The formats svg and ansi draw the dashboard, or another --view, in --size.",
		Example: "gyre snapshot\n" +
			"gyre snapshot --at \"2025-03-26 12:00\" --format json\n" +
			"gyre snapshot --window 3M --statistic median --format markdown\n" +
			"gyre snapshot --note\n" +
			"gyre snapshot --format svg --size 120x40 --theme light > screen.svg\n" +
			"gyre snapshot --format ansi --view map",
		RunE: s.configured(func(cmd *cobra.Command, _ []string) error {
			switch {
			case s.flags.form.picture != "" && s.flags.note:
				return usagef("--note goes into a report; give it without --format %s", s.flags.form.picture)
			case s.flags.form.picture != "":
				return s.drawPicture(cmd.Context())
			case cmd.Flags().Changed("size"), cmd.Flags().Changed("view"):
				return usagef("--size and --view are a picture's; give them together with --format svg or ansi")
			}
			return s.snapshot(cmd.Context(), s.flags.form.report)
		}),
	}
	names := formNames()
	add(cmd.Flags(), &s.flags.form, parseForm, "format", names[0], "NAME", "form: "+strings.Join(names, ", "))
	add(cmd.Flags(), &s.flags.size, parseSize, "size", "120x40", "WxH", "columns and rows of a picture")
	var views []string
	for _, v := range panel.Views() {
		views = append(views, v.String())
	}
	add(cmd.Flags(), &s.flags.view, panel.ParseView, "view", views[0], "NAME", "what a picture shows: "+strings.Join(views, ", "))
	suggest(cmd, "view", views)
	suggest(cmd, "format", names)
	suggest(cmd, "size", []string{"60x20", "80x24", "120x40", "200x60"})
	cmd.Flags().BoolVar(&s.flags.note, "note", false, "check the claims of the dataset's note.toml")
	s.flags.atFlag(cmd, "moment to show, or end; a date alone means its close (default end)")
	s.flags.viewFlags(cmd)
	return cmd
}

func (s *shell) statusCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Write one line for a status bar",
		Long: "status writes one line: what kind of data it is, the verdict, the indices' day, coverage and time. " +
			"With --watch it plays the replay and writes a line for every change until the end.",
		Example: "gyre status --window 1D\n" +
			"gyre status --watch --speed max",
		RunE: s.configured(s.status),
	}
	cmd.Flags().BoolVar(&s.flags.watch, "watch", false, "write a line for every change")
	s.flags.atFlag(cmd, "moment to show, or to begin at with --watch; a date alone means its close (default end)")
	s.flags.viewFlags(cmd)
	s.flags.playFlags(cmd)
	return cmd
}

func (s *shell) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Write the manual page",
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return fmt.Errorf("the manual page: %w", err)
			}
			return s.write([]byte(page.Build(roff.NewDocument())))
		},
	}
}

func (s *shell) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 || about == nil {
				return usagef("there is no command %q; gyre --help lists the commands there are", args[slices.Index(args, rest[0])])
			}
			return about.Help()
		},
	}
}

// write writes the whole output.
func (s *shell) write(text []byte) error {
	if _, err := s.out.Write(text); err != nil {
		return unwritable(err)
	}
	return nil
}
