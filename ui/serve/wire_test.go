package serve

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
)

// wire is a client that sends whatever packets a test wants: that of the SSH
// library keeps to the protocol. It speaks X25519, AES-128-CTR and HMAC-SHA-256
// (RFC 4253, 8731 and 6668).
type wire struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader

	sending       sync.Mutex // answers go out between what the test sends
	seqIn, seqOut uint32
	decrypt       cipher.Stream // nil before the key exchange
	encrypt       cipher.Stream
	macIn, macOut []byte
	session       []byte
}

const wireVersion = "SSH-2.0-wire"

// newWire goes through the key exchange.
func newWire(tb testing.TB, addr string) *wire {
	tb.Helper()
	conn, err := dialTCP(tb.Context(), addr)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	w := &wire{t: tb, conn: conn, in: bufio.NewReader(conn)}
	_, err = io.WriteString(conn, wireVersion+"\r\n")
	w.check(err)
	line, err := w.in.ReadString('\n')
	w.check(err)
	w.exchange(line[:len(line)-2])
	return w
}

func (w *wire) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// kexInit is the packet that begins a key exchange (RFC 4253, 7.1).
func kexInit() []byte {
	return append([]byte{20}, ssh.Marshal(struct {
		Cookie                                                                [16]byte
		Kex, Host, EncOut, EncIn, MACOut, MACIn, ZipOut, ZipIn, LangOut, Lang string
		Follows                                                               bool
		Reserved                                                              uint32
	}{
		Kex: "curve25519-sha256", Host: ssh.KeyAlgoED25519, EncOut: "aes128-ctr", EncIn: "aes128-ctr",
		MACOut: "hmac-sha2-256-etm@openssh.com", MACIn: "hmac-sha2-256-etm@openssh.com", ZipOut: "none", ZipIn: "none",
	})...)
}

// exchange makes keys with a server that calls itself version.
func (w *wire) exchange(version string) {
	w.t.Helper()
	mine := kexInit()
	w.send(mine)
	theirs := w.receive()
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	w.check(err)
	w.send(packet(30, struct{ Key []byte }{key.PublicKey().Bytes()}))
	var reply struct{ Host, Key, Signature []byte }
	w.check(ssh.Unmarshal(w.await(31)[1:], &reply))
	other, err := ecdh.X25519().NewPublicKey(reply.Key)
	w.check(err)
	shared, err := key.ECDH(other)
	w.check(err)
	secret := ssh.Marshal(struct{ K *big.Int }{new(big.Int).SetBytes(shared)})
	all := sha256.Sum256(append(ssh.Marshal(struct {
		V1, V2            string
		I1, I2, K, Q1, Q2 []byte
	}{wireVersion, version, mine, theirs, reply.Host, key.PublicKey().Bytes(), reply.Key}), secret...))
	derive := func(letter byte) []byte {
		sum := sha256.Sum256(append(append(append(append([]byte{}, secret...), all[:]...), letter), all[:]...))
		return sum[:]
	}
	stream := func(iv, key byte) cipher.Stream {
		block, err := aes.NewCipher(derive(key)[:16])
		w.check(err)
		return cipher.NewCTR(block, derive(iv)[:16])
	}
	w.send([]byte{21})
	w.await(21)
	w.encrypt, w.decrypt, w.macOut, w.macIn = stream('A', 'C'), stream('B', 'D'), derive('E'), derive('F')
	w.session = all[:]
}

// packet is a message with its number.
func packet(number byte, fields any) []byte { return append([]byte{number}, ssh.Marshal(fields)...) }

func (w *wire) send(payload []byte) {
	w.t.Helper()
	w.check(w.try(payload))
}

// try sends a packet.
func (w *wire) try(payload []byte) error {
	w.sending.Lock()
	defer w.sending.Unlock()
	size := 5 + len(payload)
	if w.encrypt != nil {
		size -= 4 // the length is not encrypted
	}
	pad := 16 - size%16
	if pad < 4 {
		pad += 16
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(1+len(payload)+pad)) //nolint:gosec // small
	out = append(append(append(out, byte(pad)), payload...), make([]byte, pad)...)
	if w.encrypt != nil {
		w.encrypt.XORKeyStream(out[4:], out[4:])
		out = append(out, digest(w.macOut, w.seqOut, out)...)
	}
	w.seqOut++
	_, err := w.conn.Write(out)
	return err
}

func digest(key []byte, seq uint32, text []byte) []byte {
	sum := hmac.New(sha256.New, key)
	_, _ = sum.Write(binary.BigEndian.AppendUint32(nil, seq))
	_, _ = sum.Write(text)
	return sum.Sum(nil)
}

func (w *wire) receive() []byte {
	w.t.Helper()
	payload, err := w.next()
	w.check(err)
	return payload
}

// next receives a packet.
func (w *wire) next() ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(w.in, head); err != nil {
		return nil, err
	}
	body := make([]byte, binary.BigEndian.Uint32(head))
	if _, err := io.ReadFull(w.in, body); err != nil {
		return nil, err
	}
	if w.decrypt != nil {
		mac := make([]byte, sha256.Size)
		if _, err := io.ReadFull(w.in, mac); err != nil {
			return nil, err
		}
		if !hmac.Equal(mac, digest(w.macIn, w.seqIn, append(head, body...))) {
			return nil, fmt.Errorf("packet %d is forged", w.seqIn)
		}
		w.decrypt.XORKeyStream(body, body)
	}
	w.seqIn++
	return body[1 : len(body)-int(body[0])], nil
}

// await receives packets until one has that number.
func (w *wire) await(number byte) []byte {
	w.t.Helper()
	for {
		if payload := w.receive(); payload[0] == number {
			return payload
		}
	}
}

// login logs in with a key (RFC 4252, 7).
func (w *wire) login(key ssh.Signer) {
	w.t.Helper()
	w.send(packet(5, struct{ Service string }{"ssh-userauth"}))
	w.await(6)
	type request struct {
		User, Service, Method string
		Signed                bool
		Algorithm             string
		Key                   []byte
	}
	asked := packet(50, request{"x", "ssh-connection", "publickey", true, ssh.KeyAlgoED25519, key.PublicKey().Marshal()})
	signature, err := key.Sign(rand.Reader, append(ssh.Marshal(struct{ Session []byte }{w.session}), asked...))
	w.check(err)
	w.send(append(asked, ssh.Marshal(struct{ Signature []byte }{ssh.Marshal(signature)})...))
	w.await(52)
}

// open opens a session, and gives the number that the server has for it.
func (w *wire) open(number uint32) uint32 {
	w.t.Helper()
	w.send(packet(90, struct {
		Kind               string
		Number, Room, Most uint32
	}{"session", number, 1 << 21, 1 << 15}))
	return binary.BigEndian.Uint32(w.await(91)[5:])
}

// ask sends a request for a channel, which is answered.
func (w *wire) ask(channel uint32, kind string, payload []byte) {
	w.t.Helper()
	w.send(append(packet(98, struct {
		Channel uint32
		Kind    string
		Reply   bool
	}{channel, kind, true}), payload...))
	w.await(99)
}

// answer answers questions whether it is there, until the connection ends, and
// gives how many packets came.
func (w *wire) answer() (came int) {
	for {
		payload, err := w.next()
		if err != nil {
			return came
		}
		came++
		if payload[0] == 80 && w.try([]byte{82}) != nil {
			return came
		}
	}
}
