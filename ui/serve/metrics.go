package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what there is to count.
type metrics struct {
	registry *prometheus.Registry
	logins   prometheus.Counter
	refusals *prometheus.CounterVec // by reason
	drops    *prometheus.CounterVec // connections that ended, by reason
	ends     *prometheus.CounterVec // dashboards that ended, by reason
	sessions prometheus.Gauge
	panics   prometheus.Counter
	frames   prometheus.Counter
	bytes    prometheus.Counter
}

func newMetrics(s *server) *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "gyre", Subsystem: "ssh", Name: name, Help: help})
	}
	vector := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "gyre", Subsystem: "ssh", Name: name, Help: help}, []string{"reason"})
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "gyre", Subsystem: "ssh", Name: name, Help: help}, value)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		logins:   counter("logins_total", "Connections that have logged in."),
		refusals: vector("refusals_total", "Connections, sessions and requests that were refused."),
		drops:    vector("logouts_total", "Connections that were logged in and have ended."),
		ends:     vector("dashboards_ended_total", "Dashboards that have ended."),
		sessions: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "gyre", Subsystem: "ssh", Name: "sessions", Help: "Dashboards and commands that are open.",
		}),
		panics: counter("panics_total", "Sessions that broke down."),
		frames: counter("frames_total", "Updates written to viewers."),
		bytes:  counter("bytes_total", "Bytes of those updates."),
	}
	m.registry.MustRegister(
		m.logins, m.refusals, m.drops, m.ends, m.sessions, m.panics, m.frames, m.bytes,
		gauge("connections", "Connections that are logged in.", func() float64 {
			s.mu.Lock()
			defer s.mu.Unlock()
			return float64(len(s.conns))
		}),
		gauge("handshakes", "Connections that have not logged in yet.", func() float64 { return float64(s.slots.Taken()) }),
		gauge("screens", "Screens that are kept, each drawn once for all who see it.", func() float64 {
			frames, _, _, _ := s.studio.Kept()
			return float64(frames)
		}),
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// onLoopback tells whether an address can be reached from this machine only.
// The metrics have no login.
func onLoopback(addr net.Addr) error {
	at, err := netip.ParseAddrPort(addr.String())
	if err != nil || !at.Addr().IsLoopback() {
		return fmt.Errorf("the metrics would be open to others at %s; give them an address of loopback such as 127.0.0.1:9222", addr)
	}
	return nil
}

// serve answers Prometheus until ctx ends.
func (m *metrics) serve(ctx context.Context, l net.Listener, failed chan<- error) {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		failed <- fmt.Errorf("the metrics: %w", err)
	}
}
