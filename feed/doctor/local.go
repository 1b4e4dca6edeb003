package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"gyre/feed/store"
	"gyre/feed/web"
	"gyre/model/session"
)

// Configuration looks at the configuration file at path, "" where there is no
// place for one. read gives everything that is wrong with it, and what is only
// hard to read; an error that wraps fs.ErrNotExist says that there is none.
func Configuration(path string, read func() (problems, warnings []string, err error)) Check {
	return Check{Name: "configuration", Run: func(context.Context) Finding {
		if path == "" {
			return Finding{State: Warn, What: "there is no folder for it", Do: "set HOME or XDG_CONFIG_HOME, or name a file with --config"}
		}
		problems, warnings, err := read()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return Finding{What: fmt.Sprintf("there is none at %s, so the defaults hold", path)}
		case err != nil:
			return failed(err, "see that the file can be read")
		case len(problems) > 0:
			return Finding{State: Fail, What: counted(problems), Do: "correct it; gyre config check lists everything"}
		case len(warnings) > 0:
			return Finding{State: Warn, What: counted(warnings), Do: "gyre config check lists everything"}
		default:
			return Finding{What: path}
		}
	}}
}

// counted is the first of some texts, and how many there are.
func counted(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	return fmt.Sprintf("%s (the first of %d)", texts[0], len(texts))
}

// Key looks for a key by its name and never shows it. Without is what goes
// without it.
func Key(name string, keys web.Keys, without string) Check {
	return Check{Name: name, Run: func(context.Context) Finding {
		where := "in the environment"
		secret, err := web.Keys{Env: keys.Env}.Get(name)
		if errors.Is(err, web.ErrNoSecret) && keys.File != "" {
			where = "in the key file " + keys.File
			secret, err = keys.Get(name)
		}
		switch {
		case errors.Is(err, web.ErrNoSecret):
			return Finding{State: Warn, What: "it is not set: " + without, Do: "set it in the environment, or in a key file that you alone may read"}
		case errors.Is(err, fs.ErrNotExist):
			return Finding{State: Warn, What: fmt.Sprintf("there is no key file %s: %s", keys.File, without), Do: "set it in the environment, or make the file with mode 0600"}
		case err != nil:
			return failed(err, "")
		default:
			return Finding{What: "it is set " + where + kindOf(name, secret)}
		}
	}}
}

// kindOf is the kind of account that a key's first letters tell.
func kindOf(name string, secret web.Secret) string {
	if name != "APCA_API_KEY_ID" {
		return ""
	}
	switch key := secret.Reveal(); {
	case strings.HasPrefix(key, "PK"):
		return ", the key of a paper account"
	case strings.HasPrefix(key, "AK"):
		return ", the key of a live account"
	default:
		return ", of an account of an unknown kind"
	}
}

// How old the store's closes may be, in sessions that are over, and its lists,
// in days.
const (
	oldCloses = 1
	oldLists  = 30
)

// settled is how long after its close a session's prices may be had.
const settled = 4 * time.Hour

// Store looks whether the store at path is whole, and how old it is.
func Store(path string, now func() time.Time) []Check {
	if now == nil {
		now = time.Now
	}
	look := func(ctx context.Context, at func(context.Context, *store.Store) Finding) Finding {
		s, err := store.OpenExisting(ctx, path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return Finding{State: Warn, What: "there is none at " + path, Do: "gyre sync or gyre import makes one; a replay needs none"}
		case err != nil:
			return failed(err, "move the file away, and sync again")
		}
		defer func() { _ = s.Close() }() // it was only read
		return at(ctx, s)
	}
	return []Check{
		{Name: "store", Run: func(ctx context.Context) Finding { return look(ctx, whole) }},
		{Name: "age of the store", Run: func(ctx context.Context) Finding {
			return look(ctx, func(ctx context.Context, s *store.Store) Finding { return age(ctx, s, now()) })
		}},
	}
}

// whole checks the store.
func whole(ctx context.Context, s *store.Store) Finding {
	found, err := s.Check(ctx)
	if err != nil {
		return failed(err, "move the file away, and sync again")
	}
	info, err := s.Info(ctx)
	switch {
	case err != nil:
		return failed(err, "move the file away, and sync again")
	case len(found) > 0:
		return Finding{State: Fail, What: counted(found), Do: "gyre store check lists everything"}
	}
	return Finding{What: fmt.Sprintf("%s is whole, %d KiB", info.Path, info.Bytes/1024)}
}

// age tells how old the newest closes and lists are.
func age(ctx context.Context, s *store.Store, now time.Time) Finding {
	info, err := s.Info(ctx)
	if err != nil {
		return failed(err, "gyre store check tells more")
	}
	var closes store.Table
	for _, t := range info.Tables {
		if t.Name == "closes" {
			closes = t
		}
	}
	const sync = "gyre sync brings it up to date"
	if closes.Rows == 0 || len(info.Lists) == 0 {
		return Finding{State: Warn, What: fmt.Sprintf("it has %d closes and %d lists of members", closes.Rows, len(info.Lists)), Do: sync}
	}
	calendar, today := session.New(), session.DateOf(now)
	missing := calendar.Between(closes.Last, today)
	if last, ok := calendar.On(today); ok && now.Before(last.Closes.Add(settled)) {
		missing--
	}
	f := Finding{What: fmt.Sprintf("the newest closes are of %s", closes.Last)}
	if missing >= oldCloses {
		f.State, f.Do = Warn, sync
		f.What += fmt.Sprintf(", %d sessions ago", missing)
	}
	for _, l := range info.Lists {
		days := int(today - l.AsOf)
		f.What += fmt.Sprintf(", the list of %s of %s", l.Index, l.AsOf)
		if days > oldLists {
			f.State, f.Do = Warn, sync
			f.What += fmt.Sprintf(" (%d days)", days)
		}
	}
	return f
}
