// Load on UDP. One socket is all clients: each flow has a source address of its own in 127.0.0.0/8, so that the generator
// sends and receives in batches and does not limit what it measures. A datagram carries the number of its flow; an answer
// that comes to another's address ends the run.
#include "load.h"

enum { BATCH = 64, WINDOW = 8, IN_FLIGHT = 256, OWN_PORT = 20999, QUIET_NS = 100000000 };

struct control {
  _Alignas(struct cmsghdr) char bytes[CMSG_SPACE(sizeof(struct in_pktinfo))];
};

static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static struct control out_controls[BATCH], in_controls[BATCH];
static char out_data[BATCH][MESSAGE], in_data[BATCH][2048];
static struct plan plan;
static int fd;

static struct in_addr address_of(uint32_t flow) { return (struct in_addr){htonl(0x7F010000u + 256 * (flow / 250) + flow % 250 + 1)}; }

static void prepare(void) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(OWN_PORT)};
  int one = 1;
  fd = open_socket(SOCK_DGRAM);
  setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&own, sizeof own)) die("bind");
  watch(fd, EPOLLIN);
  for (int i = 0; i < BATCH; i++) {
    out_vectors[i] = (struct iovec){out_data[i], MESSAGE};
    in_vectors[i] = (struct iovec){in_data[i], sizeof in_data[i]};
    out[i].msg_hdr = (struct msghdr){.msg_name = &plan.to, .msg_namelen = sizeof plan.to, .msg_iov = &out_vectors[i], .msg_iovlen = 1,
                                     .msg_control = &out_controls[i], .msg_controllen = sizeof out_controls[i]};
    struct cmsghdr *c = CMSG_FIRSTHDR(&out[i].msg_hdr);
    c->cmsg_level = IPPROTO_IP, c->cmsg_type = IP_PKTINFO, c->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
  }
}

static void send_to(const uint32_t *flows, int n) {
  for (int i = 0; i < n; i++) {
    struct in_pktinfo info = {.ipi_spec_dst = address_of(flows[i])};
    memcpy(CMSG_DATA(CMSG_FIRSTHDR(&out[i].msg_hdr)), &info, sizeof info);
    memcpy(out_data[i], &flows[i], sizeof *flows);
  }
  for (int sent = 0, k; sent < n; sent += k)
    if ((k = sendmmsg(fd, out + sent, (unsigned)(n - sent), 0)) <= 0) die("sendmmsg");
}

static int receive(uint32_t *flows) {
  for (int i = 0; i < BATCH; i++)
    in[i].msg_hdr = (struct msghdr){.msg_iov = &in_vectors[i], .msg_iovlen = 1, .msg_control = &in_controls[i], .msg_controllen = sizeof in_controls[i]};
  int n = recvmmsg(fd, in, BATCH, 0, NULL);
  for (int i = 0; i < n; i++) {
    struct in_pktinfo info;
    memcpy(&info, CMSG_DATA(CMSG_FIRSTHDR(&in[i].msg_hdr)), sizeof info);
    memcpy(&flows[i], in_data[i], sizeof *flows);
    errno = EPROTO;
    if (in[i].msg_len != MESSAGE) die("an answer of another length");
    if (info.ipi_addr.s_addr != address_of(flows[i]).s_addr) die("an answer for another flow");
  }
  return n < 0 ? 0 : n;
}

void udp(struct plan p) {
  plan = p;
  prepare();
  int total = p.connections, few = total * WINDOW <= IN_FLIGHT, in_flight = few ? total * WINDOW : IN_FLIGHT;
  uint32_t flows[BATCH], next = 0;
  uint64_t from = now_ns() + (uint64_t)(p.warm * 1e9), until = from + (uint64_t)(p.seconds * 1e9), count = 0, lost = 0, heard = 0;
  int out_there = 0, measuring = 0;
  for (uint64_t now; (now = now_ns()) < until;) {
    if (!measuring && now >= from) measuring = 1, count = lost = 0, from = now, begin();
    if (!out_there) {  // the first windows, and all again when none of them came back
      for (heard = now; out_there < in_flight;) {
        int n = 0;
        for (; n < BATCH && out_there < in_flight; n++, out_there++) flows[n] = few ? (uint32_t)(out_there / WINDOW) : next++ % (uint32_t)total;
        send_to(flows, n);
      }
    }
    struct epoll_event event;
    int n = epoll_wait(epoll, &event, 1, 5) > 0 ? receive(flows) : 0;
    if (n) {
      heard = now, count += (uint64_t)n;
      for (int i = 0; i < n && !few; i++) flows[i] = next++ % (uint32_t)total;
      send_to(flows, n);
    } else if (now - heard > QUIET_NS) {
      lost += (uint64_t)out_there, out_there = 0;
    }
  }
  char more[64];
  snprintf(more, sizeof more, ", \"stalled\": %llu", (unsigned long long)lost);
  result("datagrams", count, (double)(now_ns() - from) / 1e9, more);
}
