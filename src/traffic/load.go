package main

import (
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type load struct {
	plan                                *plan
	record                              *record
	stopped                             chan struct{}
	living, opened, exchanges, answered atomic.Int64
	heard                               sync.WaitGroup // lasting connections and flows that have not begun yet
}

func run(p *plan) {
	runtime.GOMAXPROCS(1)
	l := &load{plan: p, record: newRecord(), stopped: make(chan struct{})}
	l.heard.Add(p.lasting + p.flows)
	go l.watchItself()
	go l.tick()
	go func() {
		for i := range p.lasting {
			go l.lasting()
			if i%5 == 4 {
				time.Sleep(10 * time.Millisecond)
			}
		}
	}()
	for i := range p.flows {
		go l.flow(i)
	}
	go func() {
		l.heard.Wait()
		l.record.write("ready %d", micros(time.Now()))
	}()
	go l.arrivals()
	_, _ = io.Copy(io.Discard, os.Stdin)
	close(l.stopped)
	time.Sleep(p.patience + 200*time.Millisecond) // the last connections are judged like the others
	l.record.write("done %d", micros(time.Now()))
	l.record.flush()
}

func (l *load) running() bool {
	select {
	case <-l.stopped:
		return false
	default:
		return true
	}
}

// Waits; whether the load goes on.
func (l *load) wait(d time.Duration) bool {
	select {
	case <-l.stopped:
		return false
	case <-time.After(d):
		return true
	}
}

// New connections when they are due, whatever became of the earlier ones.
func (l *load) arrivals() {
	begun := time.Now()
	for n := 0; l.running(); n++ {
		due := begun.Add(time.Duration(n) * time.Second / time.Duration(l.plan.rate))
		time.Sleep(time.Until(due))
		go l.visit()
	}
}

func (l *load) visit() {
	began := time.Now()
	c, err := l.connect()
	connected := time.Since(began)
	replica, target := "-", "-"
	if err == nil {
		defer c.drop()
		c.within(l.plan.patience - connected)
		if err = c.greeting(); err == nil {
			if err = c.exchange(); err == nil {
				err = c.end()
			}
		}
		replica, target = c.replica, c.target
	}
	l.opened.Add(1)
	l.record.write("new %d %d %d %s %s %s", micros(began), connected.Microseconds(), time.Since(began).Microseconds(),
		outcome(err), replica, target)
}

// One lasting connection after the other: whoever ended has a successor.
func (l *load) lasting() {
	for first := true; l.running(); {
		c, err := l.connect()
		if err == nil {
			c.within(l.plan.patience)
			err = c.greeting()
		}
		if err != nil {
			if c != nil {
				c.drop()
			}
			l.wait(time.Second) // failed ones are counted where they come steadily
			continue
		}
		if first {
			l.heard.Done()
			first = false
		}
		l.converse(c)
	}
}

func (l *load) converse(c *conversation) {
	defer c.drop()
	born := time.Now()
	l.record.write("open %d %s %s", micros(born), c.replica, c.target)
	l.living.Add(1)
	defer l.living.Add(-1)
	until := born.Add(about(l.plan.life))
	for time.Now().Before(until) {
		err := c.quiet(min(about(l.plan.pause), time.Until(until)))
		if !l.running() {
			return
		}
		if err == nil {
			c.within(l.plan.patience)
			err = c.exchange()
		}
		if err != nil {
			l.cut(c, born, err)
			return
		}
		l.exchanges.Add(1)
	}
	c.within(l.plan.patience)
	if err := c.end(); err != nil {
		l.cut(c, born, err)
		return
	}
	l.record.write("end %d %d %s", micros(time.Now()), micros(born), c.replica)
}

func (l *load) cut(c *conversation, born time.Time, err error) {
	l.record.write("cut %d %d %s %s %s", micros(time.Now()), micros(born), outcome(err), c.replica, c.target)
}

// Between half and three halves of it.
func about(d time.Duration) time.Duration {
	return d/2 + rand.N(d+1)
}

func (l *load) tick() {
	for last := time.Now(); ; {
		time.Sleep(100 * time.Millisecond)
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			l.record.write("tick %d %d %d %d %d", micros(now), l.living.Load(), l.opened.Load(), l.exchanges.Load(), l.answered.Load())
		}
		l.record.flush()
	}
}

// What the machine withheld from this program would look like a slow load balancer.
func (l *load) watchItself() {
	for {
		before := time.Now()
		time.Sleep(time.Millisecond)
		if took := time.Since(before); took > 10*time.Millisecond {
			l.record.write("late %d %d", micros(before), took.Microseconds())
		}
	}
}
