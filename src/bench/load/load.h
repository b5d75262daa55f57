// Backend and load generator of the relay benchmarks. One thread, epoll, IPv4. main.c says how it is called.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 64, OBJECT = 1 << 20, EVENTS = 256, BUFFER = 256 * 1024, MAX_FD = 32768 };

extern char buffer[BUFFER];
extern int epoll;

// A measured load. Counting begins when `warm` seconds are over, and is announced by a line "start".
struct plan {
  const char *mode;
  struct sockaddr_in to;
  int connections;
  double warm, seconds, rate;  // rate 0: as fast as answers come
};

void die(const char *what);
uint64_t now_ns(void);
void watch(int fd, uint32_t events);
int open_socket(int type);
int connect_to(struct sockaddr_in to, int type);
void reset(int fd);

void sample(uint64_t since);  // one more answer
void begin(void);             // forget what was counted, say "start"
void result(const char *unit, uint64_t count, double seconds, const char *more);

void serve(struct sockaddr_in on);
void tcp(struct plan plan);
void udp(struct plan plan);
void idle(struct plan plan);
void check(struct plan plan);
