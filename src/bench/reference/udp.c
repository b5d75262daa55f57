// UDP: a connected socket for each flow; datagrams of a batch that go the same way leave with one system call.
#include "reference.h"

enum { BATCH = 256, REPLIES = 64, DATAGRAM = 2048, TABLE = 65536, SEGMENTS = 64 };

struct flow {
  struct sockaddr_in client;
  int fd, listener, next_in_bucket, first, last;
};

static struct flow flows[MAX_FD];  // by descriptor
static int buckets[TABLE];         // descriptor of a flow; 0: none

static struct mmsghdr in[BATCH];
static struct iovec in_vectors[BATCH];
static struct sockaddr_in senders[BATCH];
static char in_data[BATCH][DATAGRAM];
static int next_of_flow[BATCH];

// Replies that wait to be sent, in order; the slots behind them are ready to receive.
static struct mmsghdr replies[BATCH];
static struct iovec reply_vectors[BATCH];
static char reply_data[BATCH][DATAGRAM];
static int waiting, reply_flow[BATCH];

// Wide enough for the one control message there is.
struct segment_size {
  _Alignas(struct cmsghdr) char bytes[CMSG_SPACE(sizeof(uint16_t))];
};

void udp_listen(int fd) {
  int big = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof big);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &big, sizeof big);
  for (int i = 0; i < BATCH; i++) {
    in_vectors[i] = (struct iovec){in_data[i], DATAGRAM};
    in[i].msg_hdr = (struct msghdr){.msg_name = &senders[i], .msg_namelen = sizeof *senders, .msg_iov = &in_vectors[i], .msg_iovlen = 1};
    reply_vectors[i] = (struct iovec){reply_data[i], DATAGRAM};
    replies[i].msg_hdr = (struct msghdr){.msg_iov = &reply_vectors[i], .msg_iovlen = 1};
  }
  watch(fd, UDP_LISTENER, EPOLLIN);
}

static uint32_t bucket(const struct sockaddr_in *a) {
  uint64_t h = ((uint64_t)a->sin_addr.s_addr << 16 | a->sin_port) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 48) % TABLE;
}

static struct flow *flow_of(int listener, const struct sockaddr_in *client) {
  int *head = &buckets[bucket(client)];
  for (int fd = *head; fd; fd = flows[fd].next_in_bucket) {
    struct flow *f = &flows[fd];
    if (f->client.sin_addr.s_addr == client->sin_addr.s_addr && f->client.sin_port == client->sin_port && f->listener == listener) return f;
  }
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (fd < 0 || fd >= MAX_FD) die("socket of a flow");
  if (connect(fd, (struct sockaddr *)&target_of[listener], sizeof *target_of)) die("connect of a flow");
  flows[fd] = (struct flow){*client, fd, listener, *head, -1, -1};
  *head = fd;
  watch(fd, UDP_FLOW, EPOLLIN);
  return &flows[fd];
}

// Tells the kernel to cut the message into datagrams of this size.
static void segment(struct msghdr *message, struct segment_size *control, size_t size) {
  message->msg_control = control->bytes;
  message->msg_controllen = sizeof control->bytes;
  struct cmsghdr *c = CMSG_FIRSTHDR(message);
  c->cmsg_level = SOL_UDP;
  c->cmsg_type = UDP_SEGMENT;
  c->cmsg_len = CMSG_LEN(sizeof(uint16_t));
  *(uint16_t *)CMSG_DATA(c) = (uint16_t)size;
}

static void send_run(struct flow *f, struct iovec *vectors, int count) {
  if (count == 1) {
    send(f->fd, vectors->iov_base, vectors->iov_len, 0);
    return;
  }
  struct segment_size control;
  struct msghdr message = {.msg_iov = vectors, .msg_iovlen = (size_t)count};
  segment(&message, &control, vectors->iov_len);
  sendmsg(f->fd, &message, 0);
}

// What the batch has for one flow, in order: runs of one size leave together.
static void forward(struct flow *f) {
  struct iovec run[SEGMENTS];
  int count = 0;
  for (int i = f->first; i >= 0; i = next_of_flow[i]) {
    struct iovec each = {in_data[i], in[i].msg_len};
    if (count && (count == SEGMENTS || each.iov_len != run->iov_len || !each.iov_len)) send_run(f, run, count), count = 0;
    run[count++] = each;
  }
  send_run(f, run, count);
  f->first = f->last = -1;
}

void udp_requests(int listener) {
  int n;
  do {
    n = recvmmsg(listener, in, BATCH, 0, NULL);
    static struct flow *touched[BATCH], *f;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (!i || memcmp(&senders[i], &senders[i - 1], 8)) f = flow_of(listener, &senders[i]);
      next_of_flow[i] = -1;
      if (f->first < 0) f->first = i, touched[count++] = f;
      else next_of_flow[f->last] = i;
      f->last = i;
    }
    for (int i = 0; i < count; i++) forward(touched[i]);
  } while (n == BATCH);
}

void udp_replies(int fd) {
  int n;
  do {
    if (BATCH - waiting < REPLIES) udp_flush();
    n = recvmmsg(fd, replies + waiting, REPLIES, 0, NULL);
    for (int i = 0; i < n; i++, waiting++) reply_vectors[waiting].iov_len = replies[waiting].msg_len, reply_flow[waiting] = fd;
  } while (n == REPLIES);  // fewer: the next one is a new event
}

// All replies of a turn with one system call for each listener that they leave from.
void udp_flush(void) {
  static struct mmsghdr out[BATCH];
  static struct segment_size controls[BATCH];
  for (int i = 0; i < waiting;) {
    int listener = flows[reply_flow[i]].listener, count = 0;
    for (; i < waiting && flows[reply_flow[i]].listener == listener; count++) {
      int run = 1;
      while (run < SEGMENTS && reply_vectors[i].iov_len && i + run < waiting && reply_flow[i + run] == reply_flow[i] && reply_vectors[i + run].iov_len == reply_vectors[i].iov_len) run++;
      out[count].msg_hdr = (struct msghdr){.msg_name = &flows[reply_flow[i]].client, .msg_namelen = sizeof(struct sockaddr_in), .msg_iov = &reply_vectors[i], .msg_iovlen = (size_t)run};
      if (run > 1) segment(&out[count].msg_hdr, &controls[count], reply_vectors[i].iov_len);
      i += run;
    }
    for (int sent = 0, k; sent < count; sent += k)
      if ((k = sendmmsg(listener, out + sent, (unsigned)(count - sent), 0)) <= 0) k = 1;  // lost, as datagrams may be
  }
  while (waiting) reply_vectors[--waiting].iov_len = DATAGRAM;
}
