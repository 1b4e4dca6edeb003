package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"gyre/ui/config"
)

// configured is run after the configuration has been read.
func (s *shell) configured(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error { return inTurn(cmd, args, s.configure, run) }
}

// configure reads the configuration, if there is one.
func (s *shell) configure(cmd *cobra.Command, _ []string) error {
	c, err := orEnd(cmd.Context(), s.readConfig)
	if err != nil {
		return configError(err)
	}
	s.adopt(c, cmd.Flags().Changed)
	return nil
}

// adopt takes a configuration over. It decides whatever the flags that are
// given do not.
func (s *shell) adopt(c config.Config, given func(flag string) bool) {
	s.config = c
	if !given("theme") {
		s.flags.theme = c.Screen.Theme
	}
	if !given("ascii") {
		s.flags.ascii = c.Screen.ASCII
	}
	if !given("window") {
		s.flags.window = c.Screen.Window
	}
	if !given("statistic") {
		s.flags.statistic = c.Screen.Statistic
	}
}

// readConfig reads the file of --config, or that of the configuration folder,
// which need not be there.
func (s *shell) readConfig() (config.Config, error) {
	if s.flags.config != "" {
		return config.Load(s.flags.config)
	}
	path := s.configFile()
	if path == "" {
		return config.Default(), nil
	}
	c, err := config.Load(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // the home folder of a service is often a file
		return config.Default(), nil
	}
	return c, err
}

// configFile is where the configuration is, or would be; "" where there is no
// place for it.
func (s *shell) configFile() string {
	if s.flags.config != "" {
		return s.flags.config
	}
	return config.Path(s.env)
}

// configError is one sentence about a configuration that cannot be used.
func configError(err error) error {
	var problems config.FileError
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; gyre config --print-default writes one to begin with", err)
	}
	if !errors.As(err, &problems) || len(problems) == 1 {
		return err
	}
	return fmt.Errorf("%s; this is the first of %d problems, and gyre config check lists them all", problems[0], len(problems))
}

func (s *shell) configCommand() *cobra.Command {
	defaults := false
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show, check or find the configuration",
		Long: "gyre reads its configuration from gyre/config.toml in the folder of $XDG_CONFIG_HOME, which is ~/.config " +
			"where that is not set, or from the file of --config. Flags override it.",
		Example: "gyre config --print-default > my.toml\n" +
			"gyre config check my.toml\n" +
			"gyre --config my.toml",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if defaults {
				return s.write(config.PrintDefault())
			}
			return cmd.Help()
		},
	}
	cmd.Flags().BoolVar(&defaults, "print-default", false, "write a configuration with every key, its meaning and its default")
	cmd.AddCommand(
		&cobra.Command{
			Use:   "check [file]",
			Short: "Tell everything that is wrong with a configuration",
			RunE:  s.checkConfig,
		},
		&cobra.Command{
			Use:   "path",
			Short: "Write where the configuration is looked for",
			RunE:  func(*cobra.Command, []string) error { return s.configPath() },
		},
	)
	return cmd
}

// checkConfig says "ok", or everything that is wrong with a file, a line each.
func (s *shell) checkConfig(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 1 && s.flags.config != "":
		return usagef("--config %s and %s name two configurations; leave one out", s.flags.config, args[0])
	case len(args) == 1:
		s.flags.config = args[0]
	}
	var problems config.FileError
	switch c, err := orEnd(cmd.Context(), s.readConfig); {
	case err == nil:
		return s.write([]byte(warnings(&c) + "ok\n"))
	case errors.As(err, &problems):
		for _, p := range problems {
			if err := s.write([]byte(sentence(errors.New(p.String())) + "\n")); err != nil {
				return err
			}
		}
		if len(problems) == 1 {
			return errors.New("there is a problem in the configuration")
		}
		return fmt.Errorf("there are %d problems in the configuration", len(problems))
	default:
		return configError(err)
	}
}

// warnings is what a configuration that is right may still be better without, a
// line each.
func warnings(c *config.Config) string {
	var b strings.Builder
	for _, w := range c.Warnings {
		w.Message = "warning: " + w.Message
		b.WriteString(sentence(errors.New(w.String())) + "\n")
	}
	return b.String()
}

func (s *shell) configPath() error {
	path := s.configFile()
	if path == "" {
		return errors.New("neither XDG_CONFIG_HOME nor HOME names a folder; name a file with --config FILE")
	}
	return s.write([]byte(path + "\n")) // as it is, for scripts
}
