package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gyre/feed/replay"
	"gyre/model"
	"gyre/model/session"
	"gyre/ui"
	"gyre/ui/config"
	"gyre/ui/panel"
	"gyre/ui/report"
)

// settings is everything that flags can say.
type settings struct {
	feed   string
	data   string // a folder, a file, or storeName or sampleName; "": the sample
	store  string
	config string // a file; "": the one in the configuration folder
	theme  config.Theme
	ascii  bool
	log    string

	window     session.Window
	statistic  model.Statistic
	rank       model.RankPolicy
	financials bool

	speed    *replay.Speed // nil: the dataset's own
	from, to moment
	at       moment
	paused   bool

	form  form
	size  ui.Size
	view  panel.View
	note  bool
	watch bool
}

// query is what is asked of the market.
func (s *settings) query() model.Query {
	return model.Query{Rank: s.rank, Financials: s.financials, Detail: ui.Details(s.view)}
}

// report is what a report dwells on.
func (s *settings) report() report.Options {
	return report.Options{Window: s.window, Statistic: s.statistic, ASCII: s.ascii}
}

const fastest = 3600

func parseSpeed(text string) (*replay.Speed, error) {
	speed := replay.Max
	if text != "max" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > fastest {
			return nil, fmt.Errorf("%q is not a speed; give 1 to %d market seconds per second, or max", text, fastest)
		}
		speed = replay.Speed(n)
	}
	return &speed, nil
}

// value is a flag whose text is checked when it is read.
type value[T any] struct {
	to    *T
	parse func(string) (T, error)
	text  string
	kind  string
}

// Set reads the flag.
func (v *value[T]) Set(text string) error {
	parsed, err := v.parse(text)
	if err != nil {
		return err
	}
	*v.to, v.text = parsed, text
	return nil
}

// String is the flag as it was given, or its default.
func (v *value[T]) String() string { return v.text }

// Type is what the flag takes, for the help.
func (v *value[T]) Type() string { return v.kind }

// add defines a flag with a checked value.
func add[T any](flags *pflag.FlagSet, to *T, parse func(string) (T, error), name, initial, kind, usage string) {
	v := &value[T]{to: to, parse: parse, kind: kind}
	if initial != "" {
		if parsed, err := parse(initial); err == nil {
			*to, v.text = parsed, initial
		}
	}
	flags.Var(v, name, usage)
}

// globalFlags are those of every command.
func (s *settings) globalFlags(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.StringVar(&s.feed, "feed", "replay", "where the data comes from: "+strings.Join(feedForms(), " or "))
	f.StringVar(&s.data, "data", "", "dataset: a folder, a store's file, store for the store, or sample")
	f.StringVar(&s.config, "config", "", "file of the configuration, instead of the one that gyre config path names")
	add(f, &s.theme, config.ParseTheme, "theme", "auto", "NAME", "colours: "+strings.Join(config.ThemeNames(), ", "))
	f.BoolVar(&s.ascii, "ascii", false, "draw and write with ASCII only")
	f.StringVar(&s.log, "log", "", "file to append a log to")
	suggest(cmd, "theme", config.ThemeNames())
	suggest(cmd, "feed", feedForms())
	_ = cmd.MarkPersistentFlagDirname("data")
	_ = cmd.MarkPersistentFlagFilename("config", "toml")
	_ = cmd.MarkPersistentFlagFilename("log")
}

// viewFlags choose what is shown.
func (s *settings) viewFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	windows := windowNames()
	add(f, &s.window, session.ParseWindow, "window", "1W", "NAME", "window: "+strings.Join(windows, ", "))
	add(f, &s.statistic, report.ParseStatistic, "statistic", "mean", "NAME", "group return: "+strings.Join(report.StatisticNames(), ", "))
	add(f, &s.rank, report.ParseRank, "rank", "base", "DATE",
		"when names are ranked by size: "+strings.Join(report.RankNames(), ", "))
	f.BoolVar(&s.financials, "financials", false, "financials and real estate take part in debt/EV")
	suggest(cmd, "window", windows)
	suggest(cmd, "statistic", report.StatisticNames())
	suggest(cmd, "rank", report.RankNames())
}

// atFlag chooses the moment.
func (s *settings) atFlag(cmd *cobra.Command, usage string) {
	add(cmd.Flags(), &s.at, parseMoment, "at", "", "TIME", usage)
	suggest(cmd, "at", []string{"end"})
}

// playFlags steer a replay.
func (s *settings) playFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	add(f, &s.speed, parseSpeed, "speed", "", "N", "market seconds per second, 1 to 3600, or max (default as the dataset says)")
	add(f, &s.from, parseMoment, "from", "", "TIME", "first moment of the replay; a date alone means its open")
	add(f, &s.to, parseMoment, "to", "", "TIME", "last moment of the replay; a date alone means its close")
	suggest(cmd, "speed", []string{"1", "10", "60", "300", "900", "3600", "max"})
}

// suggest completes the values of a flag.
func suggest(cmd *cobra.Command, flag string, names []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

func windowNames() []string {
	names := make([]string, 0, session.WindowCount)
	for _, w := range session.Windows() {
		names = append(names, w.String())
	}
	return names
}
