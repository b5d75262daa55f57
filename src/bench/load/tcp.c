// Load on TCP: bulk, requests and new connections, in a closed loop or at a fixed rate.
#include "load.h"

static struct plan plan;
static int opens, resets, reads_only;  // what the mode does
static uint32_t answer_size;

static uint64_t started_at[MAX_FD], count;
static uint32_t received[MAX_FD];
static int idle_fds[MAX_FD], idle_count;  // connections that wait for their next request
static int permits;                       // connections that may be opened

static void ask(int fd) {
  received[fd] = 0;
  if (write(fd, buffer, MESSAGE) != MESSAGE) die("write");
}

static void start(uint64_t due) {
  if (opens) {
    int fd = connect_to(plan.to, SOCK_STREAM);
    permits--;
    watch(fd, EPOLLOUT);
    started_at[fd] = due;
  } else {
    int fd = idle_fds[--idle_count];
    started_at[fd] = due;
    ask(fd);
  }
}

static int startable(void) { return opens ? permits : idle_count; }

static void answered(int fd) {
  sample(started_at[fd]);
  count++;
  if (!opens) {
    idle_fds[idle_count++] = fd;
  } else {
    resets ? reset(fd) : close(fd);
    permits++;
  }
}

static void event(int fd, uint32_t events) {
  if (events & EPOLLERR) die("connection failed");
  if (events & EPOLLOUT) {  // connected
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &e);
    if (opens) ask(fd);
    else if (!reads_only) idle_fds[idle_count++] = fd;
    return;
  }
  ssize_t k = read(fd, buffer, BUFFER);
  if (k < 0 && errno == EAGAIN) return;
  if (k <= 0) die("the peer closed or failed");
  if (reads_only) count += (uint64_t)k;
  else if ((received[fd] += (uint32_t)k) >= answer_size) answered(fd);
}

void tcp(struct plan p) {
  plan = p;
  reads_only = !strcmp(p.mode, "bulk");
  resets = !strcmp(p.mode, "conn-rst");
  opens = resets || !strcmp(p.mode, "conn");
  answer_size = !strcmp(p.mode, "get") ? OBJECT : MESSAGE;
  if (!reads_only && !opens && answer_size == MESSAGE && strcmp(p.mode, "rr")) errno = EINVAL, die(p.mode);
  permits = opens ? p.connections : 0;
  for (int i = 0; i < p.connections && !opens; i++) watch(connect_to(p.to, SOCK_STREAM), EPOLLOUT);

  static struct epoll_event events[EVENTS];
  uint64_t from = now_ns() + (uint64_t)(p.warm * 1e9), until = from + (uint64_t)(p.seconds * 1e9);
  double due = (double)now_ns(), step = p.rate ? 1e9 / p.rate : 0;
  int measuring = 0;
  for (uint64_t now; (now = now_ns()) < until;) {
    if (!measuring && now >= from) measuring = 1, count = 0, from = now, begin();
    while (startable() && (!step || due <= (double)now)) start(step ? (uint64_t)due : now), due += step;
    double wait = step && startable() ? due - (double)now : 1e8;
    struct timespec timeout = {.tv_nsec = wait < 0 ? 0 : wait > 1e8 ? 100000000 : (long)wait};
    int n = epoll_pwait2(epoll, events, EVENTS, &timeout, NULL);
    for (int i = 0; i < n; i++) event(events[i].data.fd, events[i].events);
  }
  result(reads_only ? "bytes" : opens ? "connections" : "requests", count, (double)(now_ns() - from) / 1e9, "");
}

void idle(struct plan p) {
  for (int i = 0; i < p.connections; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&p.to, sizeof p.to)) die("connect");
    if (write(fd, buffer, MESSAGE) != MESSAGE || recv(fd, buffer, MESSAGE, MSG_WAITALL) != MESSAGE) die("exchange");
  }
  printf("open\n");
  fflush(stdout);
  while (read(0, buffer, 1) > 0) {}
}
