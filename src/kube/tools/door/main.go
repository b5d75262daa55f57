// door ADDRESS NAMESPACE: a way into another network namespace without an interface or a route. It listens on ADDRESS in
// the network namespace where it is started, and connects to the same ADDRESS in NAMESPACE (a file such as
// /proc/1/ns/net). A socket stays where it was made, so door only has to move between making the two.
package main

import (
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("door: ")
	switch len(os.Args) {
	case 3:
		move(os.Args[1], os.Args[2])
	case 4:
		serve(os.Args[1], os.Args[3])
	default:
		log.Fatal("usage: door ADDRESS NAMESPACE")
	}
}

// Only a process with one thread can change its namespace for good, and Go has several: nsenter does it, and starts us again.
func move(address, namespace string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		log.Fatal(err)
	}
	descriptor := file.Fd()
	if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, descriptor, syscall.F_SETFD, 0); errno != 0 {
		log.Fatal(errno)
	}
	nsenter, err := exec.LookPath("nsenter")
	if err != nil {
		log.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	number := strconv.Itoa(int(descriptor))
	log.Fatal(syscall.Exec(nsenter, []string{"nsenter", "--net=" + namespace, self, address, "-", number}, os.Environ()))
}

func serve(address, descriptor string) {
	number, err := strconv.Atoi(descriptor)
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.FileListener(os.NewFile(uintptr(number), "door"))
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go relay(client.(*net.TCPConn), address)
	}
}

func relay(client *net.TCPConn, address string) {
	defer client.Close()
	server, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		client.SetLinger(0) // refused there, so reset here
		return
	}
	defer server.Close()
	done := make(chan struct{}, 2)
	pass := func(to, from *net.TCPConn) {
		io.Copy(to, from)
		to.CloseWrite()
		done <- struct{}{}
	}
	go pass(server.(*net.TCPConn), client)
	go pass(client, server.(*net.TCPConn))
	<-done
	<-done
}
