/* The connection of rawimap.c: a socket, lines and literals. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER (1 << 18)

static int sock;
static char in[BUFFER];
static size_t in_at, in_end;
static char line[1 << 16];
static long messages, bytes;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void put(const char *data, size_t n) {
  while (n > 0) {
    ssize_t k = write(sock, data, n);
    if (k <= 0) die("write");
    data += k;
    n -= (size_t)k;
  }
}

static void puts_line(const char *text) { put(text, strlen(text)); }

static void fill(void) {
  ssize_t k = read(sock, in, sizeof in);
  if (k < 0) die("read");
  if (k == 0) {
    fprintf(stderr, "the server closed the connection after: %s\n", line);
    exit(1);
  }
  in_at = 0;
  in_end = (size_t)k;
}

/* One line without CR LF. */
static void read_line(void) {
  size_t n = 0;
  for (;;) {
    if (in_at == in_end) fill();
    char *lf = memchr(in + in_at, '\n', in_end - in_at);
    size_t k = lf ? (size_t)(lf - (in + in_at)) : in_end - in_at;
    size_t keep = n + k < sizeof line ? k : sizeof line - 1 - n;
    memcpy(line + n, in + in_at, keep);
    n += keep;
    in_at += k + (lf ? 1 : 0);
    if (lf) break;
  }
  if (n > 0 && line[n - 1] == '\r') n--;
  line[n] = 0;
}

static long literal_size(void) {
  size_t n = strlen(line);
  if (n < 3 || line[n - 1] != '}') return -1;
  char *brace = strrchr(line, '{');
  return brace ? atol(brace + 1) : -1;
}

static void read_literal(long size, int fd) {
  while (size > 0) {
    if (in_at == in_end) fill();
    size_t k = in_end - in_at < (size_t)size ? in_end - in_at : (size_t)size;
    if (fd >= 0 && write(fd, in + in_at, k) != (ssize_t)k) die("write to file");
    in_at += k;
    size -= (long)k;
  }
}

/* Reads up to the tagged answer; literals go to fd. */
static void until_tagged(const char *tag, int fd) {
  size_t n = strlen(tag);
  for (;;) {
    read_line();
    long size = literal_size();
    if (size >= 0) {
      read_literal(size, fd);
      messages++;
      bytes += size;
    } else if (strncmp(line, tag, n) == 0 && line[n] == ' ') {
      if (strncmp(line + n + 1, "OK", 2) != 0) {
        fprintf(stderr, "%s\n", line);
        exit(1);
      }
      return;
    }
  }
}

static void sign_in(int port, const char *user, const char *password) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int on = 1;
  sock = socket(AF_INET, SOCK_STREAM, 0);
  if (sock < 0 || connect(sock, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
  setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  read_line();
  char command[1024];
  snprintf(command, sizeof command, "l LOGIN \"%s\" \"%s\"\r\n", user, password);
  puts_line(command);
  until_tagged("l", -1);
}
