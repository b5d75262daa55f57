// TCP: copy through one buffer that all flows share; splice through a pipe once a flow proves bulk.
#include "reference.h"

enum {
  PIPE = 1024 * 1024,       // bytes; the most that an unprivileged process may have
  BULK_READ = 32 * 1024,    // a read of so much speaks for bulk
  BULK_READS = 4,           // so many of them in a row prove it
  SMALL_TURNS = 16,         // so many turns of less disprove it
  TURN = 1024 * 1024        // bytes of one flow before the others have their turn
};

// One direction, by the descriptor that it is read from.
struct direction {
  char *left;               // read but not yet written; NULL: nothing
  int left_at, left_end;
  int pipe[2], in_pipe;     // pipe[1] == 0: copying
  uint8_t bulk, small;      // reads in a row that speak for either
  uint8_t ended, queued;
};

static struct direction from[MAX_FD];
static int peer_of[MAX_FD];
static char buffer[BUFFER];

static int pipes[MAX_FD][2], free_pipes;
static int again[MAX_FD], again_count;
static int closing[2 * EVENTS + MAX_FD], closing_count;  // closed after the turn: no event of it can meet a reused descriptor

void tcp_listen(int fd) {
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);  // accepted sockets inherit it
  if (listen(fd, 4096)) die("listen");
  watch(fd, TCP_LISTENER, EPOLLIN);
}

void tcp_accept(int listener) {
  for (int client; (client = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    int one = 1, target = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (target < 0) {
      close(client);
      continue;
    }
    setsockopt(target, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    from[client] = from[target] = (struct direction){0};
    peer_of[client] = target, peer_of[target] = client;
    if (connect(target, (struct sockaddr *)&target_of[listener], sizeof(struct sockaddr_in)) && errno != EINPROGRESS) {
      close(target), close(client);
      continue;
    }
    watch(target, TCP_SIDE, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
    watch(client, TCP_SIDE, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
  }
}

static void release(struct direction *d) {
  free(d->left);
  d->left = NULL;
  if (!d->pipe[1]) return;
  if (d->in_pipe) {
    close(d->pipe[0]), close(d->pipe[1]);
  } else {
    pipes[free_pipes][0] = d->pipe[0], pipes[free_pipes++][1] = d->pipe[1];
  }
  d->pipe[0] = d->pipe[1] = 0;
}

static void finish(int fd, int reset) {
  int both[] = {fd, peer_of[fd]};
  for (int i = 0; i < 2; i++) {
    if (role_of[both[i]] != TCP_SIDE) return;
    release(&from[both[i]]);
    role_of[both[i]] = FREE;
    if (reset) {
      struct linger linger = {.l_onoff = 1};
      setsockopt(both[i], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    closing[closing_count++] = both[i];
  }
}

static int blocked(void) { return errno == EAGAIN || errno == ENOTCONN; }

static void end(int fd) {
  from[fd].ended = 1;
  if (from[peer_of[fd]].ended) finish(fd, 0);
  else shutdown(peer_of[fd], SHUT_WR);
}

static int to_splice(struct direction *d) {
  if (free_pipes) {
    d->pipe[0] = pipes[--free_pipes][0], d->pipe[1] = pipes[free_pipes][1];
  } else {
    if (pipe2(d->pipe, O_NONBLOCK)) return d->pipe[1] = 0;
    fcntl(d->pipe[1], F_SETPIPE_SZ, PIPE);
  }
  d->in_pipe = d->small = 0;
  return 1;
}

enum step { DONE, MORE };

static enum step splice_turn(int fd, struct direction *d) {
  int moved = 0;
  for (;;) {
    ssize_t n = splice(fd, NULL, d->pipe[1], NULL, PIPE - d->in_pipe, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    if (n < 0 && errno != EAGAIN) return finish(fd, 1), DONE;
    if (n > 0) d->in_pipe += (int)n;
    if (!d->in_pipe) {
      if (n == 0) return end(fd), DONE;
      if (moved < BULK_READ && ++d->small == SMALL_TURNS) d->bulk = 0, release(d);
      else if (moved >= BULK_READ) d->small = 0;
      return DONE;
    }
    ssize_t m = splice(d->pipe[0], NULL, peer_of[fd], NULL, (size_t)d->in_pipe, SPLICE_F_MOVE | SPLICE_F_NONBLOCK | (n > 0 && d->in_pipe >= PIPE ? SPLICE_F_MORE : 0));
    if (m < 0) {
      if (!blocked()) finish(fd, 1);
      return DONE;
    }
    d->in_pipe -= (int)m, moved += (int)m;
    if (moved >= TURN) return MORE;
  }
}

static enum step copy_turn(int fd, struct direction *d, int hung_up) {
  int peer = peer_of[fd];
  if (d->left) {
    ssize_t m = send(peer, d->left + d->left_at, (size_t)(d->left_end - d->left_at), MSG_NOSIGNAL);
    if (m < 0) {
      if (!blocked()) finish(fd, 1);
      return DONE;
    }
    if ((d->left_at += (int)m) < d->left_end) return DONE;
    free(d->left), d->left = NULL;
  }
  for (int moved = 0; moved < TURN;) {
    ssize_t n = recv(fd, buffer, BUFFER, 0);
    if (n < 0) {
      if (!blocked()) finish(fd, 1);
      return DONE;
    }
    if (n == 0) return end(fd), DONE;
    ssize_t m = send(peer, buffer, (size_t)n, MSG_NOSIGNAL);
    if (m < 0 && !blocked()) return finish(fd, 1), DONE;
    if (m < n) {
      m = m < 0 ? 0 : m;
      d->left = malloc((size_t)(n - m));
      memcpy(d->left, buffer + m, (size_t)(n - m));
      d->left_at = 0, d->left_end = (int)(n - m);
      return DONE;
    }
    moved += (int)n;
    d->bulk = n >= BULK_READ ? (uint8_t)(d->bulk + 1) : 0;
    if (d->bulk == BULK_READS) return to_splice(d) ? splice_turn(fd, d) : MORE;
    if (n < BUFFER && !hung_up) return DONE;  // a short read: the next byte is a new event
  }
  return MORE;
}

static void pump(int fd, int hung_up) {
  struct direction *d = &from[fd];
  if (role_of[fd] != TCP_SIDE || d->ended) return;
  if ((d->pipe[1] ? splice_turn(fd, d) : copy_turn(fd, d, hung_up)) == MORE && !d->queued) {
    d->queued = 1;
    again[again_count++] = fd;
  }
}

void tcp_event(int fd, uint32_t events) {
  if (events & EPOLLERR) return finish(fd, 1);
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP)) pump(fd, events & (EPOLLRDHUP | EPOLLHUP) ? 1 : 0);
  struct direction *back = &from[peer_of[fd]];
  if (events & EPOLLOUT && role_of[fd] == TCP_SIDE && (back->left || back->in_pipe)) pump(peer_of[fd], 1);
}

int tcp_unfinished(void) { return again_count; }

void tcp_turn(void) {
  int count = again_count;
  static int now[MAX_FD];
  memcpy(now, again, (size_t)count * sizeof *now);
  again_count = 0;
  for (int i = 0; i < count; i++) from[now[i]].queued = 0, pump(now[i], 1);
  while (closing_count) close(closing[--closing_count]);
}
