package studio

import (
	"sync"
	"time"
)

// memo works things out once for each key, and keeps each for some time after
// it was asked for last.
type memo[K comparable, V any] struct {
	keep time.Duration

	mu    sync.Mutex
	kept  map[K]*made[V]
	swept time.Time
}

// made is one of them. Whoever asks while it is being worked out waits.
type made[V any] struct {
	once  sync.Once
	value V
	ok    bool
	used  time.Time
}

func newMemo[K comparable, V any](keep time.Duration) *memo[K, V] {
	return &memo[K, V]{keep: keep, kept: make(map[K]*made[V])}
}

// get is what belongs to key; work works it out where it is not there. Should
// work panic, whoever comes next tries again.
func (m *memo[K, V]) get(key K, work func() V) V {
	for {
		one := m.find(key)
		one.once.Do(func() {
			defer func() {
				if !one.ok {
					m.drop(key)
				}
			}()
			one.value, one.ok = work(), true
		})
		if one.ok {
			return one.value
		}
	}
}

// find is the entry of key, and sweeps what nobody has asked for.
func (m *memo[K, V]) find(key K) *made[V] {
	now := time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.swept) > m.keep {
		m.swept = now
		for k, one := range m.kept {
			if now.Sub(one.used) > m.keep {
				delete(m.kept, k)
			}
		}
	}
	one := m.kept[key]
	if one == nil {
		one = new(made[V])
		m.kept[key] = one
	}
	one.used = now
	return one
}

func (m *memo[K, V]) drop(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, key)
}

// clear drops everything. What is being worked out reaches those who wait for it.
func (m *memo[K, V]) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.kept)
}

func (m *memo[K, V]) len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.kept)
}
