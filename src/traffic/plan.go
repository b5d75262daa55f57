package main

import (
	"flag"
	"net"
	"net/netip"
	"sync/atomic"
	"time"
)

type plan struct {
	to               string
	tcpPort, udpPort int
	sources          sources
	rate             int // new connections a second
	lasting, flows   int
	life             time.Duration // of a lasting connection, on average
	pause            time.Duration // between two exchanges on a lasting connection, on average
	patience         time.Duration // for everything that is waited for
}

func planOf(arguments []string) *plan {
	p := &plan{}
	flags := flag.NewFlagSet("traffic load", flag.ExitOnError)
	flags.StringVar(&p.to, "to", "", "`address` of the load balancer")
	flags.IntVar(&p.tcpPort, "tcp", 80, "`port` of new and lasting connections")
	flags.IntVar(&p.udpPort, "udp", 53, "`port` of flows")
	from := flags.String("from", "", "`prefix` of client addresses, all of which must be this machine's; none: what the system picks")
	flags.IntVar(&p.rate, "rate", 500, "new connections a second")
	flags.IntVar(&p.lasting, "lasting", 1000, "lasting connections")
	flags.IntVar(&p.flows, "flows", 200, "UDP flows, each with ten datagrams a second")
	flags.DurationVar(&p.life, "life", time.Hour, "of a lasting connection on average, between half and three halves of it")
	flags.DurationVar(&p.pause, "pause", time.Second, "between two exchanges on a lasting connection, on average")
	flags.DurationVar(&p.patience, "patience", 3*time.Second, "with a connection, and with an exchange on a lasting one")
	_ = flags.Parse(arguments)
	to, err := netip.ParseAddr(p.to)
	if err != nil {
		fail("-to %q is no address", p.to)
	}
	if p.rate < 1 || p.rate > 10_000 {
		fail("-rate %d: from 1 to 10000 connections a second are possible", p.rate)
	}
	if *from != "" {
		prefix, err := netip.ParsePrefix(*from)
		if err != nil || prefix.Addr().Is4() != to.Is4() || prefix.Addr().BitLen()-prefix.Bits() < 2 {
			fail("-from %q: a prefix of the address's family that holds at least four addresses is wanted, such as 127.1.0.0/24", *from)
		}
		p.sources = sources{first: prefix.Masked().Addr().Next(), count: countOf(prefix)}
		p.sources.next.Store(uint64(time.Now().Unix()) * uint64(2*p.rate))
	}
	return p
}

// Addresses of a prefix without its first and last, at most 1022.
func countOf(prefix netip.Prefix) uint64 {
	return 1<<min(prefix.Addr().BitLen()-prefix.Bits(), 10) - 2
}

// Client addresses and ports. None comes twice within hours, also over several runs: somebody on the way, a NAT or a
// connection tracker or the server itself, may still remember the connection that had them before, and lose or refuse the new
// one for it, which nobody should be blamed for.
type sources struct {
	first netip.Addr
	count uint64
	next  atomic.Uint64
}

const firstPort, ports = 10_000, 50_000

func (s *sources) take() (net.IP, int) {
	if s.count == 0 {
		return nil, 0
	}
	n := s.next.Add(1)
	address := s.first.AsSlice()
	for add, i := n%s.count, len(address)-1; add > 0; i-- {
		add += uint64(address[i])
		address[i] = byte(add)
		add >>= 8
	}
	return address, firstPort + int(n/s.count%ports)
}
