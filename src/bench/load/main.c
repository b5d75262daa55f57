//   load serve ADDRESS PORT     TCP and UDP echo on PORT; on TCP an endless source on PORT+1, objects of 1 MiB for each
//                               64-byte request on PORT+2, and HTTP on PORT+3
//   load MODE  ADDRESS PORT CONNECTIONS SECONDS [WARM-UP [RATE]]
//     bulk      read from the source                                    -> bytes
//     rr        64-byte request, 64-byte answer                         -> requests
//     get       64-byte request, object                                 -> requests
//     conn      connect, one exchange, close                            -> connections
//     conn-rst  connect, one exchange, reset                            -> connections
//     udp       64-byte datagrams to the echo, CONNECTIONS flows        -> datagrams
//     check     random bytes of random length both ways, compared, ended by a half-close -> bytes
//   load idle  ADDRESS PORT CONNECTIONS   open, one exchange each, print "open", hold until standard input ends
//
// With a RATE (operations a second) an operation starts when it is due, whatever the answers do, and its latency counts
// from then. The result is one line of JSON; anything unexpected ends the run with a message and exit code 1.
#include "load.h"

char buffer[BUFFER];
int epoll;

static uint32_t samples[1 << 22];
static size_t sample_count;

void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void watch(int fd, uint32_t events) {
  struct epoll_event e = {.events = events, .data.fd = fd};
  if (fd >= MAX_FD) errno = EMFILE, die("too many descriptors");
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e)) die("epoll_ctl");
}

int open_socket(int type) {
  int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0), one = 1, big = 4 << 20;
  if (fd < 0) die("socket");
  if (type == SOCK_STREAM) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  else if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &big, sizeof big)) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof big);
  return fd;
}

int connect_to(struct sockaddr_in to, int type) {
  int fd = open_socket(type);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) die("connect");
  return fd;
}

void reset(int fd) {
  struct linger linger = {.l_onoff = 1};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  close(fd);
}

void sample(uint64_t since) {
  if (sample_count < sizeof samples / sizeof *samples) samples[sample_count++] = (uint32_t)((now_ns() - since) / 1000);
}

void begin(void) {
  sample_count = 0;
  printf("start\n");
  fflush(stdout);
}

static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

void result(const char *unit, uint64_t count, double seconds, const char *more) {
  printf("{\"%s\": %llu, \"seconds\": %.3f%s", unit, (unsigned long long)count, seconds, more);
  fflush(stdout);
  if (sample_count) {
    qsort(samples, sample_count, sizeof *samples, by_value);
    printf(", \"p50\": %u, \"p99\": %u, \"p999\": %u", samples[sample_count / 2], samples[sample_count * 99 / 100], samples[sample_count * 999 / 1000]);
  }
  printf("}\n");
}

int main(int argc, char **argv) {
  if (argc < 4) return fprintf(stderr, "usage: load MODE ADDRESS PORT [CONNECTIONS [SECONDS [WARM-UP [RATE]]]]\n"), 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  prctl(PR_SET_TIMERSLACK, 1);
  signal(SIGPIPE, SIG_IGN);
  epoll = epoll_create1(0);
  for (int i = 0; i < BUFFER; i++) buffer[i] = (char)('a' + i % 26);
  struct plan plan = {
      .mode = argv[1],
      .to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[3]))},
      .connections = argc > 4 ? atoi(argv[4]) : 1,
      .seconds = argc > 5 ? atof(argv[5]) : 5,
      .warm = argc > 6 ? atof(argv[6]) : 0,
      .rate = argc > 7 ? atof(argv[7]) : 0,
  };
  if (inet_pton(AF_INET, argv[2], &plan.to.sin_addr) != 1) die(argv[2]);
  if (!strcmp(plan.mode, "serve")) serve(plan.to);
  else if (!strcmp(plan.mode, "udp")) udp(plan);
  else if (!strcmp(plan.mode, "idle")) idle(plan);
  else if (!strcmp(plan.mode, "check")) check(plan);
  else tcp(plan);
  return 0;
}
