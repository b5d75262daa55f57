// reference tcp|udp ADDRESS PORT TARGET TARGET-PORT ...    five words for each listener
//
// One thread, edge-triggered epoll, no limits, timers, metrics or rules.
#include "reference.h"

int epoll;
uint8_t role_of[MAX_FD];
struct sockaddr_in target_of[MAX_FD];

void die(const char *what) {
  fprintf(stderr, "reference: %s: %s\n", what, strerror(errno));
  exit(1);
}

void watch(int fd, enum role role, uint32_t events) {
  struct epoll_event event = {.events = events | EPOLLET, .data.fd = fd};
  role_of[fd] = role;
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
}

static struct sockaddr_in address(const char *host, const char *port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
  if (inet_pton(AF_INET, host, &a.sin_addr) != 1) die(host);
  return a;
}

static void listener(char **words) {
  int tcp = !strcmp(words[0], "tcp"), one = 1;
  int fd = socket(AF_INET, (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK, 0);
  struct sockaddr_in own = address(words[1], words[2]);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof own)) die("bind");
  target_of[fd] = address(words[3], words[4]);
  tcp ? tcp_listen(fd) : udp_listen(fd);
}

int main(int argc, char **argv) {
  if (argc < 6 || argc % 5 != 1) return fprintf(stderr, "usage: reference tcp|udp ADDRESS PORT TARGET TARGET-PORT ...\n"), 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max < MAX_FD ? files.rlim_max : MAX_FD;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  epoll = epoll_create1(0);
  for (int i = 1; i < argc; i += 5) listener(argv + i);

  static struct epoll_event events[EVENTS];
  for (;;) {
    int n = epoll_wait(epoll, events, EVENTS, tcp_unfinished() ? 0 : -1);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      switch (role_of[fd]) {
        case TCP_LISTENER: tcp_accept(fd); break;
        case TCP_SIDE: tcp_event(fd, events[i].events); break;
        case UDP_LISTENER: udp_requests(fd); break;
        case UDP_FLOW: udp_replies(fd); break;
      }
    }
    udp_flush();
    tcp_turn();
  }
}
