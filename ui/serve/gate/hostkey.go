package gate

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/ssh"
)

// LoadHostKey reads the server's own key, and makes one where there is none.
// A key that others on the machine could read is refused.
func LoadHostKey(path string) (ssh.Signer, error) {
	text, err := readPrivate(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeHostKey(path)
	}
	if err != nil {
		return nil, err
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		return nil, fmt.Errorf("%s: this is no private key without a passphrase: %w", path, err)
	}
	if key.PublicKey().Type() != ssh.KeyAlgoED25519 {
		return nil, fmt.Errorf("%s: the host key is of the type %s; make one with ssh-keygen -t ed25519", path, key.PublicKey().Type())
	}
	return key, nil
}

// readPrivate reads a file that nobody but its owner may read.
func readPrivate(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // the operator named it
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	if mode := info.Mode(); !mode.IsRegular() || mode.Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: the host key has the mode %04o, so that others could read or change it; run chmod 600 on it", path, mode.Perm())
	}
	return readAll(file, path)
}

// makeHostKey writes a new key. Of two servers that start at once, one wins.
func makeHostKey(path string) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	block, err := ssh.MarshalPrivateKey(key, "gyre")
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator named it
	if err != nil {
		return nil, fmt.Errorf("the host key cannot be made: %w", err)
	}
	text := pem.EncodeToMemory(block)
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, fmt.Errorf("the host key cannot be written: %w", err)
	}
	return text, nil
}
