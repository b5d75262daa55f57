// Bytes must come back as they were sent: every connection sends a random stream in random pieces, compares the echo, and
// ends with a half-close that must come back behind the last byte.
#include "load.h"

enum { PIECE = 200 * 1024 };

static struct stream {
  uint64_t sent_state;
  int64_t to_send, to_receive;
  int piece, piece_at;
  char data[PIECE];
} *streams;

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13, *state ^= *state >> 7, *state ^= *state << 17;
  return *state;
}

static void fill(struct stream *s) {
  s->piece = next(&s->sent_state) % 3 ? 1 + (int)(s->sent_state % 999) : 1 + (int)(s->sent_state % PIECE);
  if (s->piece > s->to_send) s->piece = (int)s->to_send;
  for (int i = 0; i < s->piece; i++) s->data[i] = (char)((s->to_send - i) * 131 >> 3 ^ (s->to_send - i) >> 11);
  s->piece_at = 0;
}

static void push(int fd, struct stream *s) {
  while (s->to_send) {
    if (s->piece_at == s->piece) fill(s);
    ssize_t w = write(fd, s->data + s->piece_at, (size_t)(s->piece - s->piece_at));
    if (w < 0 && errno == EAGAIN) return;
    if (w < 0) die("write");
    s->piece_at += (int)w;
    if (s->piece_at == s->piece) {
      s->to_send -= s->piece;
      s->piece = s->piece_at = 0;
      if (!s->to_send) shutdown(fd, SHUT_WR);
    }
  }
}

// Returns whether the stream is complete.
static int pull(int fd, struct stream *s) {
  for (;;) {
    ssize_t k = read(fd, buffer, BUFFER);
    if (k < 0 && errno == EAGAIN) return 0;
    if (k < 0) die("read");
    if (k == 0) {
      errno = EPROTO;
      if (s->to_receive) die("the stream ended early");
      return 1;
    }
    errno = EPROTO;
    if (k > s->to_receive) die("more came back than was sent");
    for (ssize_t i = 0; i < k; i++) {
      int64_t at = s->to_receive - i;
      if (buffer[i] != (char)(at * 131 >> 3 ^ at >> 11)) die("another byte came back than was sent");
    }
    s->to_receive -= k;
  }
}

// All connections open and end one by one until the time is over; then no new one begins.
void check(struct plan p) {
  streams = calloc((size_t)p.connections, sizeof *streams);
  static int stream_of[MAX_FD];
  uint64_t seed = 88172645463325252u, until = now_ns() + (uint64_t)(p.seconds * 1e9), bytes = 0, begun = now_ns();
  int open = 0;
  begin();
  for (int i = 0; i < p.connections; i++, open++) {
    int fd = connect_to(p.to, SOCK_STREAM);
    streams[i].sent_state = next(&seed);
    streams[i].to_send = streams[i].to_receive = 1 + (int64_t)(next(&seed) % (4 << 20));
    stream_of[fd] = i;
    watch(fd, EPOLLIN | EPOLLOUT | EPOLLET);
  }
  struct epoll_event events[EVENTS];
  while (open) {
    int n = epoll_wait(epoll, events, EVENTS, 10000);
    if (n <= 0) errno = ETIMEDOUT, die("a stream stands still");
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      struct stream *s = &streams[stream_of[fd]];
      if (events[i].events & EPOLLERR) die("connection failed");
      if (events[i].events & EPOLLOUT) push(fd, s);
      if (!(events[i].events & ~(uint32_t)EPOLLOUT) || !pull(fd, s)) continue;
      close(fd);
      open--;
      if (now_ns() >= until) continue;
      int again = connect_to(p.to, SOCK_STREAM);
      bytes += (uint64_t)(s->to_send = s->to_receive = 1 + (int64_t)(next(&seed) % (4 << 20)));
      s->piece = s->piece_at = 0;
      stream_of[again] = stream_of[fd];
      watch(again, EPOLLIN | EPOLLOUT | EPOLLET);
      open++;
    }
  }
  result("bytes", bytes, (double)(now_ns() - begun) / 1e9, "");
}
