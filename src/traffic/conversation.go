package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

const message = 64

// A client's connection.
type conversation struct {
	tcp             *net.TCPConn
	in              *bufio.Reader
	replica, target string
}

// Connects; the greeting is still to come.
func (l *load) connect() (*conversation, error) {
	address, from := l.plan.sources.take()
	dialer := net.Dialer{Timeout: l.plan.patience, KeepAlive: -1, LocalAddr: &net.TCPAddr{IP: address, Port: from}}
	c, err := dialer.Dial("tcp", net.JoinHostPort(l.plan.to, strconv.Itoa(l.plan.tcpPort)))
	if err != nil {
		return nil, err
	}
	return &conversation{tcp: c.(*net.TCPConn), in: bufio.NewReaderSize(c, 128), replica: "-", target: "-"}, nil
}

func (c *conversation) within(patience time.Duration) {
	_ = c.tcp.SetDeadline(time.Now().Add(patience))
}

func (c *conversation) greeting() error {
	line, err := c.in.ReadString('\n')
	if err != nil {
		return err
	}
	words := strings.Fields(line)
	if len(words) != 2 {
		return errWrong
	}
	c.target, c.replica = words[0], words[1]
	return nil
}

func (c *conversation) exchange() error {
	var sent, received [message]byte
	for i := range sent {
		sent[i] = byte(rand.Uint32())
	}
	if _, err := c.tcp.Write(sent[:]); err != nil {
		return err
	}
	if _, err := io.ReadFull(c.in, received[:]); err != nil {
		return err
	}
	if !bytes.Equal(sent[:], received[:]) {
		return errWrong
	}
	return nil
}

// Waits for so long, and notices an end that comes meanwhile.
func (c *conversation) quiet(d time.Duration) error {
	c.within(d)
	_, err := c.in.Peek(1)
	switch {
	case err == nil:
		return errWrong
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil
	default:
		return err
	}
}

// Both ends: ours first, so that the port which the system keeps for a while is the client's.
func (c *conversation) end() error {
	if err := c.tcp.CloseWrite(); err != nil {
		return err
	}
	switch _, err := c.in.ReadByte(); err {
	case io.EOF:
		return nil
	case nil:
		return errWrong
	default:
		return err
	}
}

// Lets go without a word, whatever state it is in.
func (c *conversation) drop() {
	_ = c.tcp.Close()
}
