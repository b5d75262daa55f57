// load: backend and load generator of the relay benchmarks. One thread, epoll, IPv4.
//
//   load serve ADDRESS PORT                          echo (TCP and UDP) on PORT, endless source (TCP) on PORT+1
//   load bulk  ADDRESS PORT CONNECTIONS SECONDS      read from the source            -> bytes
//   load rr    ADDRESS PORT CONNECTIONS SECONDS      64-byte request, 64-byte answer -> count, p50, p99 (microseconds)
//   load conn  ADDRESS PORT CONNECTIONS SECONDS      connect, one exchange, reset    -> count
//   load udp   ADDRESS PORT FLOWS SECONDS            64-byte datagrams, 8 in flight a flow -> count of answers
//   load idle  ADDRESS PORT CONNECTIONS              open, one exchange each, print "open", hold until standard input ends
//
// Results are one line of JSON on standard output. Anything unexpected ends the run with a message and exit code 1.
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 64, WINDOW = 8, BATCH = 64, EVENTS = 256, BUFFER = 256 * 1024, MAX_FD = 65536, MAX_SAMPLES = 1 << 22 };
enum kind { NONE, LISTENER, SOURCE_LISTENER, ECHO, SOURCE, UDP_ECHO };

static char buffer[BUFFER];
static unsigned char kind_of[MAX_FD];
static uint64_t started_at[MAX_FD];
static int received[MAX_FD];
static uint32_t samples[MAX_SAMPLES];
static size_t sample_count;
static int epoll;

static void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static struct sockaddr_in address(const char *host, int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (inet_pton(AF_INET, host, &a.sin_addr) != 1) die(host);
  return a;
}

static void watch(int fd, uint32_t events) {
  struct epoll_event e = {.events = events, .data.fd = fd};
  if (fd >= MAX_FD) errno = EMFILE, die("too many descriptors");
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e)) die("epoll_ctl");
}

static int open_socket(int type) {
  int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0), one = 1;
  if (fd < 0) die("socket");
  if (type == SOCK_STREAM) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static int connect_to(struct sockaddr_in a, int type) {
  int fd = open_socket(type);
  if (connect(fd, (struct sockaddr *)&a, sizeof a) && errno != EINPROGRESS) die("connect");
  return fd;
}

static void close_hard(int fd) {
  struct linger reset = {.l_onoff = 1};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);  // no TIME_WAIT: ports are few
  close(fd);
}

// ---- backend

static void serve_on(struct sockaddr_in a, int type, enum kind kind) {
  int fd = open_socket(type), one = 1, big = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (type == SOCK_DGRAM) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof big);
  if (bind(fd, (struct sockaddr *)&a, sizeof a)) die("bind");
  if (type == SOCK_STREAM && listen(fd, 4096)) die("listen");
  kind_of[fd] = kind;
  watch(fd, EPOLLIN);
}

static void accept_all(int listener, enum kind kind) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (fd >= MAX_FD) { close(fd); continue; }
    kind_of[fd] = kind;
    watch(fd, kind == SOURCE ? EPOLLOUT | EPOLLRDHUP : EPOLLIN);
  }
}

static void echo_datagrams(int fd) {
  static struct mmsghdr messages[BATCH];
  static struct iovec vectors[BATCH];
  static struct sockaddr_in peers[BATCH];
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){buffer + i * 2048, 2048};
    messages[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  int n = recvmmsg(fd, messages, BATCH, 0, NULL);
  for (int i = 0; i < n; i++) vectors[i].iov_len = messages[i].msg_len;
  for (int sent = 0, k; sent < n; sent += k)
    if ((k = sendmmsg(fd, messages + sent, (unsigned)(n - sent), 0)) <= 0) break;
}

static void serve(const char *host, int port) {
  serve_on(address(host, port), SOCK_STREAM, LISTENER);
  serve_on(address(host, port), SOCK_DGRAM, UDP_ECHO);
  serve_on(address(host, port + 1), SOCK_STREAM, SOURCE_LISTENER);
  printf("serving\n");
  fflush(stdout);
  struct epoll_event events[EVENTS];
  for (;;) {
    int n = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      ssize_t k;
      switch (kind_of[fd]) {
        case LISTENER: accept_all(fd, ECHO); break;
        case SOURCE_LISTENER: accept_all(fd, SOURCE); break;
        case UDP_ECHO: echo_datagrams(fd); break;
        case ECHO:
          k = read(fd, buffer, BUFFER);
          if (k == 0 || (k < 0 && errno != EAGAIN) || (k > 0 && write(fd, buffer, (size_t)k) != k)) close(fd);
          break;
        case SOURCE:
          if (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) close(fd);
          else if (write(fd, buffer, BUFFER) < 0 && errno != EAGAIN) close(fd);
          break;
      }
    }
  }
}

// ---- load

static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void result(const char *unit, uint64_t count, double seconds) {
  printf("{\"%s\": %llu, \"seconds\": %.3f", unit, (unsigned long long)count, seconds);
  if (sample_count) {
    qsort(samples, sample_count, sizeof *samples, by_value);
    printf(", \"p50_us\": %u, \"p99_us\": %u", samples[sample_count / 2], samples[sample_count * 99 / 100]);
  }
  printf("}\n");
}

static void ask(int fd) {
  received[fd] = 0;
  started_at[fd] = now_ns();
  if (write(fd, buffer, MESSAGE) != MESSAGE) die("write");
}

// A TCP client whose socket became ready; returns what it adds to the count.
static uint64_t advance(const char *mode, int fd, struct sockaddr_in a) {
  ssize_t k = read(fd, buffer, BUFFER);
  if (k < 0 && errno == EAGAIN) return 0;
  if (k <= 0) die("the peer closed or failed");
  if (!strcmp(mode, "bulk")) return (uint64_t)k;
  if ((received[fd] += (int)k) < MESSAGE) return 0;
  if (!strcmp(mode, "rr")) {
    if (sample_count < MAX_SAMPLES) samples[sample_count++] = (uint32_t)((now_ns() - started_at[fd]) / 1000);
    ask(fd);
  } else {
    close_hard(fd);
    watch(connect_to(a, SOCK_STREAM), EPOLLOUT);
  }
  return 1;
}

static void tcp(const char *mode, struct sockaddr_in a, int connections, double seconds) {
  for (int i = 0; i < connections; i++) watch(connect_to(a, SOCK_STREAM), EPOLLOUT);
  struct epoll_event events[EVENTS];
  uint64_t start = now_ns(), end = start + (uint64_t)(seconds * 1e9), count = 0;
  while (now_ns() < end) {
    int n = epoll_wait(epoll, events, EVENTS, 100);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      if (events[i].events & EPOLLERR) die("connection failed");
      if (events[i].events & EPOLLOUT) {  // connected
        struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &e);
        if (strcmp(mode, "bulk")) ask(fd);
      } else {
        count += advance(mode, fd, a);
      }
    }
  }
  result(!strcmp(mode, "bulk") ? "bytes" : !strcmp(mode, "rr") ? "requests" : "connections", count, (double)(now_ns() - start) / 1e9);
}

static void udp(struct sockaddr_in a, int flows, double seconds) {
  static struct mmsghdr out[WINDOW], in[WINDOW];
  struct iovec send_vector = {buffer, MESSAGE}, receive_vector[WINDOW];
  for (int i = 0; i < WINDOW; i++) {
    receive_vector[i] = (struct iovec){buffer + 4096 + i * 2048, 2048};
    out[i].msg_hdr = (struct msghdr){.msg_iov = &send_vector, .msg_iovlen = 1};
    in[i].msg_hdr = (struct msghdr){.msg_iov = &receive_vector[i], .msg_iovlen = 1};
  }
  int *fds = calloc((size_t)flows, sizeof *fds);
  for (int i = 0; i < flows; i++) {
    watch(fds[i] = connect_to(a, SOCK_DGRAM), EPOLLIN);
    sendmmsg(fds[i], out, WINDOW, 0);
  }
  struct epoll_event events[EVENTS];
  uint64_t start = now_ns(), end = start + (uint64_t)(seconds * 1e9), count = 0, quiet = start;
  for (uint64_t t = start; t < end; t = now_ns()) {
    int n = epoll_wait(epoll, events, EVENTS, 20);
    for (int i = 0; i < n; i++) {
      int k = recvmmsg(events[i].data.fd, in, WINDOW, 0, NULL);
      if (k <= 0) continue;
      count += (uint64_t)k;
      sendmmsg(events[i].data.fd, out, (unsigned)k, 0);
    }
    if (n) quiet = t;
    else if (t - quiet > 20000000u) {  // every window was lost: start them again
      for (int i = 0; i < flows; i++) sendmmsg(fds[i], out, WINDOW, 0);
      quiet = t;
    }
  }
  result("datagrams", count, (double)(now_ns() - start) / 1e9);
}

static void idle(struct sockaddr_in a, int connections) {
  for (int i = 0; i < connections; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a)) die("connect");
    if (write(fd, buffer, MESSAGE) != MESSAGE || recv(fd, buffer, MESSAGE, MSG_WAITALL) != MESSAGE) die("exchange");
  }
  printf("open\n");
  fflush(stdout);
  while (read(0, buffer, 1) > 0) {}
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: load serve|bulk|rr|conn|udp|idle ADDRESS PORT [CONNECTIONS [SECONDS]]\n");
    return 2;
  }
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  epoll = epoll_create1(0);
  int port = atoi(argv[3]), connections = argc > 4 ? atoi(argv[4]) : 1;
  double seconds = argc > 5 ? atof(argv[5]) : 5;
  if (!strcmp(argv[1], "serve")) serve(argv[2], port);
  else if (!strcmp(argv[1], "udp")) udp(address(argv[2], port), connections, seconds);
  else if (!strcmp(argv[1], "idle")) idle(address(argv[2], port), connections);
  else tcp(argv[1], address(argv[2], port), connections, seconds);
  return 0;
}
