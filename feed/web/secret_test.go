package web_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gyre/feed/web"
)

// canary is a secret that must never be seen.
const canary = "PKCANARY7Q4ZX9"

func TestASecretIsNeverPrinted(t *testing.T) {
	secret := web.NewSecret(canary)
	type account struct {
		Key    web.Secret
		hidden web.Secret // fmt prints what is private without asking its methods
	}
	within := account{Key: secret, hidden: secret}
	options := web.Options{Base: "https://vendor.example", Credentials: map[string]web.Secret{"X-Key": secret}}
	client, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	logger.Info("told", "secret", secret, "within", within, "client", client)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("told", "secret", secret, "within", within)
	asJSON, err := json.Marshal(map[string]any{"secret": secret, "within": within})
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]string{"log": log.String(), "JSON": string(asJSON)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for name, value := range map[string]any{
			"secret": secret, "pointer": &secret, "within": within, "options": options, "client": client, "*client": *client,
			"prefixed": secret.Prefixed("Bearer "), "list": []web.Secret{secret},
		} {
			printed[name+" "+verb] = fmt.Sprintf(verb, value)
		}
	}
	for how, text := range printed {
		if strings.Contains(text, canary) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", canary)) {
			t.Errorf("%s shows the secret: %s", how, text)
		}
	}
	if got := secret.String(); got != "<secret>" {
		t.Errorf("a secret prints as %q", got)
	}
	if got := secret.Prefixed("Bearer ").Reveal(); got != "Bearer "+canary {
		t.Errorf("the header would be %q", got)
	}
}

func TestKeys(t *testing.T) {
	file := func(mode os.FileMode, text string) string {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		keys web.Keys
		want string // "" for an error that says
		says string
	}{
		"from the environment":            {web.Keys{Env: []string{"OTHER=1", "VENDOR_KEY=" + canary}}, canary, ""},
		"the environment before the file": {web.Keys{Env: []string{"VENDOR_KEY=env"}, File: file(0o600, canary)}, "env", ""},
		"an empty variable is none":       {web.Keys{Env: []string{"VENDOR_KEY="}, File: file(0o600, canary)}, canary, ""},
		"alone in a file":                 {web.Keys{File: file(0o600, canary+"\n")}, canary, ""},
		"a file that may not be written":  {web.Keys{File: file(0o400, canary)}, canary, ""},
		"by name in a file":               {web.Keys{File: file(0o600, "# mine\nVENDOR_ID=a\nexport VENDOR_KEY=\""+canary+"\"\n")}, canary, ""},
		"a token that ends with =":        {web.Keys{File: file(0o600, "abcd_ef==")}, "abcd_ef==", ""},
		"another name alone in a file":    {web.Keys{File: file(0o600, "OTHER_KEY=1")}, "", "VENDOR_KEY is not set"},
		"nowhere":                         {web.Keys{Env: []string{"VENDOR_KEYS=1"}}, "", "VENDOR_KEY is not set"},
		"a file for the group":            {web.Keys{File: file(0o640, canary)}, "", "run chmod 600"},
		"a file for everyone":             {web.Keys{File: file(0o644, canary)}, "", "mode 0644"},
		"a folder":                        {web.Keys{File: t.TempDir()}, "", "no ordinary file"},
		"no such file":                    {web.Keys{File: filepath.Join(t.TempDir(), "gone")}, "", "cannot be opened"},
		"an empty file":                   {web.Keys{File: file(0o600, "\n")}, "", "is not set"},
		"a large file":                    {web.Keys{File: file(0o600, strings.Repeat("x", 20_000))}, "", "larger than"},
		"two keys in one line":            {web.Keys{File: file(0o600, canary+" and another")}, "", "paste it again"},
		"a line feed in the environment":  {web.Keys{Env: []string{"VENDOR_KEY=" + canary + "\nX: y"}}, "", "paste it again"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.keys.Get("VENDOR_KEY")
			if c.want != "" {
				if err != nil || got.Reveal() != c.want {
					t.Errorf("got %q, %v, want %q", got.Reveal(), err, c.want)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), canary) {
				t.Errorf("got %v, want an error that says %q and not the key", err, c.says)
			}
		})
	}
}

func TestASecretIsTakenOutOfAnyText(t *testing.T) {
	const key = "a/b+c=="
	secret := web.NewSecret(key).Prefixed("Bearer ")
	for text, want := range map[string]string{
		"no such key a/b+c== here":           "no such key <secret> here",
		"Authorization: Bearer a/b+c==":      "Authorization: <secret>",
		"/v2/x?apiKey=a%2Fb%2Bc%3D%3D&n=1":   "/v2/x?apiKey=<secret>&n=1",
		"/v2/a%2Fb+c==/x":                    "/v2/<secret>/x",
		"Basic " + "YS9iK2M9PQ==":            "Basic <secret>",
		"nothing secret, and a/b+c, is told": "nothing secret, and a/b+c, is told",
	} {
		if got := secret.Hide(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := (web.Secret{}).Hide("a text"); got != "a text" {
		t.Errorf("no secret makes %q of a text", got)
	}
}
