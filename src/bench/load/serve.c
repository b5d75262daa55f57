// The backend.
#include "load.h"

enum { BATCH = 256, DATAGRAM = 2048 };
enum kind { NONE, ECHO_LISTENER, SOURCE_LISTENER, OBJECT_LISTENER, HTTP_LISTENER, UDP_ECHO, ECHO, SOURCE, OBJECTS, HTTP };

static unsigned char kind_of[MAX_FD];
static uint32_t owed[MAX_FD];  // bytes of objects

// TCP on every address: each system has a target address of its own, so that none inherits another's closing connections.
static void serve_on(struct sockaddr_in a, int offset, int type, enum kind kind) {
  int fd = open_socket(type), one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  a.sin_port = htons((uint16_t)(ntohs(a.sin_port) + offset));
  if (type == SOCK_STREAM) a.sin_addr.s_addr = INADDR_ANY;
  if (bind(fd, (struct sockaddr *)&a, sizeof a)) die("bind");
  if (type == SOCK_STREAM && listen(fd, 4096)) die("listen");
  kind_of[fd] = kind;
  watch(fd, EPOLLIN);
}

static void accept_all(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    if (fd >= MAX_FD) { close(fd); continue; }
    kind_of[fd] = (unsigned char)(kind_of[listener] + ECHO - ECHO_LISTENER);
    owed[fd] = 0;
    watch(fd, kind_of[fd] == SOURCE ? EPOLLOUT | EPOLLRDHUP : kind_of[fd] == OBJECTS ? EPOLLIN | EPOLLOUT | EPOLLET : EPOLLIN);
  }
}

static void echo_datagrams(int fd) {
  static struct mmsghdr messages[BATCH];
  static struct iovec vectors[BATCH];
  static struct sockaddr_in peers[BATCH];
  static char data[BATCH][DATAGRAM];
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){data[i], DATAGRAM};
    messages[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  int n = recvmmsg(fd, messages, BATCH, 0, NULL);
  for (int i = 0; i < n; i++) vectors[i].iov_len = messages[i].msg_len;
  for (int sent = 0, k; sent < n; sent += k)
    if ((k = sendmmsg(fd, messages + sent, (unsigned)(n - sent), 0)) <= 0) break;
}

// What a full socket does not take at once waits here; reading stops meanwhile.
static struct { char *data; int at, end; } rest[MAX_FD];

static int echo(int fd) {
  if (rest[fd].data) {
    ssize_t w = write(fd, rest[fd].data + rest[fd].at, (size_t)(rest[fd].end - rest[fd].at));
    if (w < 0) return errno == EAGAIN;
    if ((rest[fd].at += (int)w) < rest[fd].end) return 1;
    free(rest[fd].data);
    rest[fd].data = NULL;
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &e);
  }
  ssize_t k = read(fd, buffer, BUFFER);
  if (k <= 0) return k < 0 && errno == EAGAIN;
  ssize_t w = write(fd, buffer, (size_t)k);
  if (w < 0 && errno != EAGAIN) return 0;
  if (w < k) {
    w = w < 0 ? 0 : w;
    rest[fd].data = malloc((size_t)(k - w));
    memcpy(rest[fd].data, buffer + w, (size_t)(k - w));
    rest[fd].at = 0, rest[fd].end = (int)(k - w);
    struct epoll_event e = {.events = EPOLLOUT, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &e);
  }
  return 1;
}

static int objects(int fd) {
  char requests[64 * MESSAGE];
  for (ssize_t k; (k = read(fd, requests, sizeof requests)) >= 0 || errno != EAGAIN;) {
    if (k <= 0) return 0;
    owed[fd] += (uint32_t)(k / MESSAGE) * OBJECT;  // requests come whole
  }
  while (owed[fd]) {
    ssize_t w = write(fd, buffer, owed[fd] < BUFFER ? owed[fd] : BUFFER);
    if (w < 0) return errno == EAGAIN;
    owed[fd] -= (uint32_t)w;
  }
  return 1;
}

static int http(int fd) {
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  ssize_t k = read(fd, buffer, BUFFER);
  if (k <= 0) return k < 0 && errno == EAGAIN;
  return write(fd, answer, sizeof answer - 1) == sizeof answer - 1;  // one request at a time
}

static int source(int fd, uint32_t events) {
  return !(events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) && (write(fd, buffer, BUFFER) >= 0 || errno == EAGAIN);
}

void serve(struct sockaddr_in on) {
  serve_on(on, 0, SOCK_STREAM, ECHO_LISTENER);
  serve_on(on, 0, SOCK_DGRAM, UDP_ECHO);
  serve_on(on, 1, SOCK_STREAM, SOURCE_LISTENER);
  serve_on(on, 2, SOCK_STREAM, OBJECT_LISTENER);
  serve_on(on, 3, SOCK_STREAM, HTTP_LISTENER);
  printf("serving\n");
  fflush(stdout);
  struct epoll_event events[EVENTS];
  for (;;) {
    int n = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd, alive = 1;
      switch (kind_of[fd]) {
        case UDP_ECHO: echo_datagrams(fd); break;
        case ECHO: alive = echo(fd); break;
        case SOURCE: alive = source(fd, events[i].events); break;
        case OBJECTS: alive = objects(fd); break;
        case HTTP: alive = http(fd); break;
        default: accept_all(fd);
      }
      if (!alive) free(rest[fd].data), rest[fd].data = NULL, close(fd);
    }
  }
}
