package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError is a mistake in the arguments.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitCode is what the program ends with after err.
func exitCode(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &usage):
		return ExitUsage
	}
	return ExitFailed
}

// sentence is err in one line, without anything that acts on a terminal: the
// arguments and file names in it come from anywhere.
func sentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "interrupted"
	}
	clean := func(r rune) rune {
		switch {
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}
	return strings.Join(strings.Fields(strings.Map(clean, err.Error())), " ")
}

// reason is the cause of an error about a file, without the path, which the
// sentence around it names already.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// flagError says what is wrong with a flag in a sentence of our own.
func flagError(cmd *cobra.Command, err error) error {
	var (
		missing *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &missing):
		return usagef("there is no flag %s; %s --help lists the flags there are", dashed(missing), cmd.CommandPath())
	case errors.As(err, &bare):
		return usagef("--%s needs a value: %s", bare.GetFlag().Name, bare.GetFlag().Usage)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return usagef("--%s: %q is neither true nor false", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "int":
		return usagef("--%s: %q is no whole number", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid):
		return usagef("--%s: %w", invalid.GetFlag().Name, errors.Unwrap(invalid))
	}
	return usageError{err}
}

// dashed is an unknown flag as it was written.
func dashed(err *pflag.NotExistError) string {
	if letters := err.GetSpecifiedShortnames(); letters != "" {
		return "-" + letters
	}
	return "--" + err.GetSpecifiedName()
}

// noArguments refuses what stands behind a command that takes nothing.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usagef("%s takes no argument %q; %s --help shows what it takes", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return usagef("there is no command %q; gyre --help lists the commands there are", args[0])
}

// noneEmpty refuses a flag or an argument without text: mostly a variable of the
// shell that is not set, where to do as if there were no flag would show
// something else than was asked for.
func noneEmpty(cmd *cobra.Command, args []string) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		text := f.Value.String()
		if many, ok := f.Value.(pflag.SliceValue); ok {
			text = strings.Join(many.GetSlice(), "")
		}
		if err == nil && text == "" {
			err = usagef("--%s is empty; give it a value, or leave it out", f.Name)
		}
	})
	if err == nil && slices.Contains(args, "") {
		err = usagef("an argument of %s is empty; give it a value, or leave it out", cmd.CommandPath())
	}
	return err
}

// oneFile refuses more than the name of one file.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return usagef("%s takes one file, not %q as well; %s --help shows what it takes", cmd.CommandPath(), args[1], cmd.CommandPath())
}
