package config

import (
	"errors"
	"fmt"
	"strings"
)

// Bounds of a command, which no sensible one comes near to.
const (
	maxArguments = 64
	maxArgument  = 4096
)

// parseCommand reads a program and its arguments. They are handed over as they
// are, to no shell.
func parseCommand(v any) ([]string, error) {
	command, err := parseList(v, func(one any) (string, error) {
		text, ok := one.(string)
		switch {
		case !ok:
			return "", fmt.Errorf("%s is not a text; write it in quotes", shown(one))
		case len(text) > maxArgument || strings.ContainsRune(text, 0):
			return "", fmt.Errorf("an argument may have no null byte and up to %d bytes", maxArgument)
		}
		return text, nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(command) > maxArguments:
		return nil, fmt.Errorf("the command has %d arguments; %d are allowed", len(command), maxArguments)
	case len(command) > 0 && strings.TrimSpace(command[0]) == "":
		return nil, errors.New("the command has no program; name one first")
	}
	return command, nil
}
