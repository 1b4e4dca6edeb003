package gate

import (
	"golang.org/x/crypto/ssh"
)

// version is what the server calls itself. It names no release: a client needs
// none.
const version = "SSH-2.0-gyre"

// rekeyAfter is how many bytes one set of session keys encrypts.
const rekeyAfter = 1 << 30

// keyTypes are the public keys that can log in.
func keyTypes() []string {
	return []string{
		ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519,
		ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKECDSA256,
		ssh.KeyAlgoRSA,
	}
}

// ServerConfig is a server that takes public keys only, asked for at door, over
// algorithms without known weaknesses: no SHA-1, no CBC, hybrid post-quantum
// key exchange first.
func ServerConfig(door *Door, host ssh.Signer, failures int) *ssh.ServerConfig {
	config := &ssh.ServerConfig{
		Config: ssh.Config{
			RekeyThreshold: rekeyAfter,
			KeyExchanges: []string{
				ssh.KeyExchangeMLKEM768X25519, ssh.KeyExchangeCurve25519,
				ssh.KeyExchangeECDHP256, ssh.KeyExchangeECDHP384, ssh.KeyExchangeECDHP521,
			},
			Ciphers: []string{
				ssh.CipherAES128GCM, ssh.CipherAES256GCM, ssh.CipherChaCha20Poly1305,
				ssh.CipherAES128CTR, ssh.CipherAES192CTR, ssh.CipherAES256CTR,
			},
			MACs: []string{ssh.HMACSHA256ETM, ssh.HMACSHA512ETM},
		},
		PublicKeyAuthAlgorithms: []string{
			ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519,
			ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKECDSA256,
			ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512,
		},
		MaxAuthTries:      failures,
		ServerVersion:     version,
		PublicKeyCallback: door.Check,
	}
	config.AddHostKey(host)
	return config
}
