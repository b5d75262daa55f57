// Clients and targets of the availability tests, small enough to share two cores with a cluster.
//
//	traffic serve TCP-PORT UDP-PORT CHECK-PORT   a target: says its host name and who asked, then gives back what it is sent;
//	                                             answers HTTP health checks on a port of their own
//	traffic load -to ADDRESS [...]               clients: new connections, lasting ones and UDP flows, until standard input ends
//
// `load` judges nothing. It writes what it saw to standard output, one line each, times in microseconds (of the day's clock;
// durations where it says "took"); `-` stands for what is not known:
//
//	ready AT                                          the lasting connections are open, every flow was answered
//	new AT CONNECT-TOOK TOOK OUTCOME REPLICA TARGET   a new connection: connect, greeting, one exchange, both ends closed
//	open AT REPLICA TARGET                            a lasting connection is open
//	end AT BORN REPLICA                               a lasting connection ended when its client wished
//	cut AT BORN OUTCOME REPLICA TARGET                a lasting connection ended otherwise
//	lost AT FLOW REPLICA                              a datagram had no answer; REPLICA gave the last one
//	moved AT FLOW FROM TO                             a flow is answered through another replica
//	late AT TOOK                                      this program was not run for so long (more than 10 ms)
//	tick AT LASTING OPENED EXCHANGES ANSWERS          once a second: lasting connections open now; counts so far
//	done AT
//
// OUTCOME: ok, refused, unreachable, timeout, reset, closed (before it was complete), wrong (other bytes), own (this machine
// had no socket for it), other. REPLICA is the address from which the target was asked.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
)

func main() {
	runtime.GOMAXPROCS(1) // threads that wake each other for every packet would cost the machine more than the work itself
	switch {
	case len(os.Args) == 5 && os.Args[1] == "serve":
		serve(port(os.Args[2]), port(os.Args[3]), port(os.Args[4]))
	case len(os.Args) > 2 && os.Args[1] == "load":
		run(planOf(os.Args[2:]))
	default:
		fail("usage: traffic serve TCP-PORT UDP-PORT CHECK-PORT | traffic load -to ADDRESS [-help]")
	}
}

func port(text string) int {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		fail("%q is no port: a number from 1 to 65535 is wanted", text)
	}
	return int(n)
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "traffic: "+format+"\n", arguments...)
	os.Exit(2)
}
