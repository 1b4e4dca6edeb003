package studio

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// memo works things out once for each key, and keeps each for some time after
// it was asked for last, unless there is no room.
type memo[K comparable, V any] struct {
	keep time.Duration
	room int            // for what the things cost together
	cost func(K, V) int // bytes, more or less

	mu    sync.Mutex
	kept  map[K]*made[V]
	taken int // of room
	swept time.Time
}

// made is one of them. Whoever asks while it is being worked out waits.
type made[V any] struct {
	once  sync.Once
	value V
	ok    bool
	used  time.Time
	cost  int // 0 while it is being worked out
}

func newMemo[K comparable, V any](keep time.Duration, room int, cost func(K, V) int) *memo[K, V] {
	return &memo[K, V]{keep: keep, room: room, cost: cost, kept: make(map[K]*made[V])}
}

// get is what belongs to key; work works it out where it is not there. Should
// work panic, whoever comes next tries again.
func (m *memo[K, V]) get(key K, work func() V) V {
	for {
		one := m.find(key)
		one.once.Do(func() {
			defer func() { m.settle(key, one) }()
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
	if now.Sub(m.swept) > m.keep/4 {
		m.swept = now
		for k, one := range m.kept {
			if now.Sub(one.used) > m.keep {
				m.remove(k)
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

// entryCost is what an entry takes beside its value, more or less.
const entryCost = 256

// settle keeps what has been worked out, and makes room where there is too
// much; it drops what has failed.
func (m *memo[K, V]) settle(key K, one *made[V]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept[key] != one { // everything was dropped meanwhile
		return
	}
	if !one.ok {
		delete(m.kept, key)
		return
	}
	one.cost = m.cost(key, one.value) + entryCost
	m.taken += one.cost
	if m.taken > m.room {
		m.makeRoom()
	}
}

// makeRoom drops those that nobody has asked for the longest, and more of them
// than it must: it is not to be done again at once.
func (m *memo[K, V]) makeRoom() {
	byAge := slices.SortedFunc(maps.Keys(m.kept), func(a, b K) int { return m.kept[a].used.Compare(m.kept[b].used) })
	for _, key := range byAge {
		if m.taken <= m.room*3/4 {
			return
		}
		if m.kept[key].cost > 0 {
			m.remove(key)
		}
	}
}

func (m *memo[K, V]) remove(key K) {
	m.taken -= m.kept[key].cost
	delete(m.kept, key)
}

// clear drops everything. What is being worked out reaches those who wait for it.
func (m *memo[K, V]) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.kept)
	m.taken = 0
}

func (m *memo[K, V]) len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.kept)
}
