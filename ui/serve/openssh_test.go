//go:build openssh

package serve

import (
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"gyre/ui/uitest/glass"
)

// TestOpenSSH logs in with the client that people have.
func TestOpenSSH(t *testing.T) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Fatal("there is no OpenSSH client to try")
	}
	b := start(t, nil)
	dir := t.TempDir()
	block, key := privateKey(t)
	b.list(line(b.boss, "", "boss") + line(key, "", "desk"))
	eventually(t, "the new list", func() bool { return strings.Count(b.log.String(), "list of keys") > 1 })
	if err := os.WriteFile(filepath.Join(dir, "key"), block, 0o600); err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(b.addr)
	command := func(args ...string) *exec.Cmd {
		all := []string{
			"-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + filepath.Join(dir, "known"), "-o", "BatchMode=yes",
			"-o", "IdentitiesOnly=yes", "-i", filepath.Join(dir, "key"), "-p", port, "desk@" + host,
		}
		c := exec.CommandContext(t.Context(), program, append(args, all...)...) //nolint:gosec // it is the client
		c.Env = []string{"TERM=xterm-256color", "HOME=" + dir, "PATH=" + os.Getenv("PATH")}
		return c
	}
	screen := func(size pty.Winsize, args ...string) (*os.File, *glass.Glass, func(string), *exec.Cmd) {
		c := command(args...)
		tty, err := pty.StartWithSize(c, &size)
		if err != nil {
			t.Fatal(err)
		}
		g := glass.New(int(size.Cols), int(size.Rows))
		shows := func(text string) {
			t.Helper()
			late := time.AfterFunc(10*time.Second, func() { _ = tty.Close() })
			defer late.Stop()
			buf := make([]byte, 4096)
			for !strings.Contains(g.Text(), text) {
				n, err := tty.Read(buf)
				_, _ = g.Write(buf[:n])
				if err != nil {
					t.Fatalf("%q is not shown (%v):\n%s", text, err, g.Text())
				}
			}
		}
		return tty, g, shows, c
	}

	tty, _, shows, client := screen(pty.Winsize{Cols: 120, Rows: 40}, "-t")
	shows("Size quartiles")
	if _, err := tty.WriteString("?"); err != nil {
		t.Fatal(err)
	}
	shows("first, last row")
	if _, err := tty.WriteString("q"); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, tty)
	if err := client.Wait(); err != nil {
		t.Errorf("after q the client says %v", err)
	}

	// The same over a shared connection, whose channels close while it stays.
	socket := filepath.Join(dir, "c")
	master := command("-M", "-S", socket, "-N")
	if err := master.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the shared connection", func() bool { _, err := os.Stat(socket); return err == nil })
	for range 2 {
		tty, _, shows, client = screen(pty.Winsize{Cols: 80, Rows: 24}, "-t", "-S", socket)
		shows("REPLAY")
		_ = client.Process.Kill()
		_ = client.Wait()
		_ = tty.Close()
	}
	out, err := run(command("-S", socket), "status")
	if err != nil || out != "status by desk, viewer\n" {
		t.Errorf("status gives %q, %v", out, err)
	}
	for _, args := range [][]string{{"-W", "127.0.0.1:1"}, {"-s"}} {
		if out, err := run(command(append(args, "-S", socket)...), "sftp"); err == nil {
			t.Errorf("%v gives %q", args, out)
		}
	}
	_ = master.Process.Kill()
	_ = master.Wait()

	out, err = run(command("-vv"), "status")
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{
		"KEX algorithms: mlkem768x25519-sha256,", "kex-strict-s-v00@openssh.com\r\n", "resetting read seqnr", // strict key exchange
		"MACs ctos: hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com\r\n", "Authentications that can continue: publickey\r\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in the handshake: %s", want, out)
		}
	}
}
