// reference: what a relay costs that does nothing but relay. The limit that our engine is measured against.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 32768, EVENTS = 512, BUFFER = 256 * 1024 };
enum role { FREE, TCP_LISTENER, TCP_SIDE, UDP_LISTENER, UDP_FLOW };

extern int epoll;
extern uint8_t role_of[MAX_FD];
extern struct sockaddr_in target_of[MAX_FD];  // of a listener

void die(const char *what);
void watch(int fd, enum role role, uint32_t events);

void tcp_listen(int fd);
void tcp_accept(int listener);
void tcp_event(int fd, uint32_t events);
int tcp_unfinished(void);  // whether flows wait for their next turn
void tcp_turn(void);

void udp_listen(int fd);
void udp_requests(int listener);
void udp_replies(int fd);
void udp_flush(void);
