package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

var served atomic.Int64 // connections now

// Serves until it is asked to end, and then until nobody has been connected for a while: those who lead clients to it have to
// notice first.
func serve(tcpPort, udpPort, checkPort int) {
	name, err := os.Hostname()
	if err != nil {
		fail("%v", err)
	}
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{Port: tcpPort})
	if err != nil {
		fail("%v", err)
	}
	socket, err := net.ListenUDP("udp", &net.UDPAddr{Port: udpPort})
	if err != nil {
		fail("%v", err)
	}
	checks, err := net.ListenTCP("tcp", &net.TCPAddr{Port: checkPort})
	if err != nil {
		fail("%v", err)
	}
	_ = socket.SetReadBuffer(1 << 20)
	go accept(listener, func(client *net.TCPConn) { echo(name, client) })
	go accept(checks, check)
	go answer(name, socket)
	fmt.Println("serving")
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM, syscall.SIGINT)
	<-end
	for quiet := 0; quiet < 20; quiet++ {
		time.Sleep(100 * time.Millisecond)
		if served.Load() > 0 {
			quiet = 0
		}
	}
}

func accept(listener *net.TCPListener, serve func(*net.TCPConn)) {
	for {
		connection, err := listener.AcceptTCP()
		if err != nil {
			fmt.Fprintln(os.Stderr, "traffic:", err)
			time.Sleep(10 * time.Millisecond) // such as too many open files
			continue
		}
		go serve(connection)
	}
}

func echo(name string, connection *net.TCPConn) {
	served.Add(1)
	defer served.Add(-1)
	defer connection.Close()
	peer := connection.RemoteAddr().(*net.TCPAddr).AddrPort().Addr().Unmap()
	if _, err := fmt.Fprintf(connection, "%s %s\n", name, peer); err != nil {
		return // such as a health check
	}
	buffer := make([]byte, 1024)
	for {
		n, err := connection.Read(buffer)
		if err == io.EOF {
			_ = connection.CloseWrite()
			return
		}
		if err != nil {
			return
		}
		if _, err := connection.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// An HTTP health check, which a frozen process does not answer, though its system goes on taking connections for it.
func check(connection *net.TCPConn) {
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(time.Second))
	if _, err := connection.Read(make([]byte, 4096)); err == nil {
		_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	}
}

func answer(name string, socket *net.UDPConn) {
	buffer := make([]byte, 2048)
	for {
		n, peer, err := socket.ReadFromUDPAddrPort(buffer)
		if err != nil {
			continue // such as an earlier answer that found nobody
		}
		text := fmt.Sprintf("%s %s %s", name, peer.Addr().Unmap(), buffer[:n])
		_, _ = socket.WriteToUDPAddrPort([]byte(text), peer)
	}
}
