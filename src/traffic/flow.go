package main

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

const between = 100 * time.Millisecond // two datagrams of a flow

// A UDP client with one address and port: what it asked and was not told yet.
type flow struct {
	number  int
	lock    sync.Mutex
	waiting map[int]time.Time
	replica string
}

func (l *load) flow(number int) {
	address, from := l.plan.sources.take()
	local := &net.UDPAddr{IP: address, Port: from}
	remote := &net.UDPAddr{IP: net.ParseIP(l.plan.to), Port: l.plan.udpPort}
	socket, err := net.DialUDP("udp", local, remote)
	if err != nil {
		fail("flow %d: %v", number, err)
	}
	defer socket.Close()
	f := &flow{number: number, waiting: map[int]time.Time{}, replica: "-"}
	go l.listen(f, socket)
	if !l.wait(about(between)) {
		return
	}
	for question := 0; l.wait(between); question++ {
		f.lock.Lock()
		f.waiting[question] = time.Now()
		l.giveUp(f)
		f.lock.Unlock()
		_, _ = fmt.Fprint(socket, question) // an error tells of an earlier one, which stays without answer
	}
}

// What had no answer within a second has none.
func (l *load) giveUp(f *flow) {
	for question, asked := range f.waiting {
		if time.Since(asked) > time.Second {
			l.record.write("lost %d %d %s", micros(asked), f.number, f.replica)
			delete(f.waiting, question)
		}
	}
}

func (l *load) listen(f *flow, socket *net.UDPConn) {
	buffer := make([]byte, 2048)
	for l.running() {
		n, err := socket.Read(buffer)
		if err != nil {
			time.Sleep(time.Millisecond) // "port unreachable", or closed
			continue
		}
		words := strings.Fields(string(buffer[:n]))
		if len(words) != 3 {
			continue
		}
		question, err := strconv.Atoi(words[2])
		if err != nil {
			continue
		}
		l.heardFrom(f, question, words[1])
	}
}

func (l *load) heardFrom(f *flow, question int, replica string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if _, known := f.waiting[question]; !known {
		return // late, or twice
	}
	delete(f.waiting, question)
	l.answered.Add(1)
	if f.replica == "-" {
		l.heard.Done()
	} else if f.replica != replica {
		l.record.write("moved %d %d %s %s", micros(time.Now()), f.number, f.replica, replica)
	}
	f.replica = replica
}
