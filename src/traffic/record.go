package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// What was seen, a line each, in no order.
type record struct {
	lock sync.Mutex
	out  *bufio.Writer
}

func newRecord() *record {
	return &record{out: bufio.NewWriterSize(os.Stdout, 1<<16)}
}

func (r *record) write(format string, arguments ...any) {
	r.lock.Lock()
	defer r.lock.Unlock()
	fmt.Fprintf(r.out, format+"\n", arguments...)
}

func (r *record) flush() {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.out.Flush() != nil {
		os.Exit(1) // nobody reads
	}
}

func micros(t time.Time) int64 {
	return t.UnixMicro()
}

var errWrong = errors.New("other bytes came back than were sent")

func outcome(err error) string {
	var network net.Error
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "closed"
	case errors.Is(err, errWrong):
		return "wrong"
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.EMFILE):
		return "own"
	case errors.As(err, &network) && network.Timeout():
		return "timeout"
	default:
		return "other"
	}
}
