/*
 * The raw limit: the least a client can do on a socket. No TLS, no checksums, no fsync, no error recovery.
 *   rawimap PORT USER PASSWORD fetch DIR       every message of every mailbox, one file per mailbox
 *   rawimap PORT USER PASSWORD append MAILDIR  a Maildir++ tree up, MULTIAPPEND with LITERAL+
 *   rawimap PORT USER PASSWORD status          LIST with STATUS of every mailbox
 * Prints "messages N bytes N". For benchmarks on 127.0.0.1 only.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BUFFER (1 << 18)
#define MAX_MAILBOXES 5000
#define BATCH_BYTES (4 << 20)
#define BATCH_MESSAGES 200
#define BATCHES_IN_FLIGHT 4
#define LARGEST_MESSAGE (256 << 20)

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
  if (k <= 0) die("the server closed the connection");
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

static char *mailboxes[MAX_MAILBOXES];
static int mailbox_count;

/* The last token of each LIST line, as the server quoted it. */
static void list(const char *command) {
  puts_line(command);
  for (;;) {
    read_line();
    if (strncmp(line, "i ", 2) == 0) return;
    if (strncmp(line, "* LIST ", 7) != 0 || strstr(line, "\\Noselect") || strstr(line, "\\NonExistent")) continue;
    char *close = strchr(line, ')');
    char *name = close ? strchr(close + 2, ' ') : NULL;
    if (name && mailbox_count < MAX_MAILBOXES) mailboxes[mailbox_count++] = strdup(name + 1);
  }
}

static void fetch(const char *dir) {
  list("i LIST \"\" \"*\"\r\n");
  for (int i = 0; i < mailbox_count; i++) {
    char command[4096];
    snprintf(command, sizeof command, "e%d EXAMINE %s\r\nf%d UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\n", i, mailboxes[i], i);
    puts_line(command);
  }
  for (int i = 0; i < mailbox_count; i++) {
    char tag[16], path[4096];
    snprintf(path, sizeof path, "%s/%d", dir, i);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0) die(path);
    snprintf(tag, sizeof tag, "e%d", i);
    until_tagged(tag, -1);
    snprintf(tag, sizeof tag, "f%d", i);
    until_tagged(tag, fd);
    close(fd);
  }
}

/* Behind `:2,` in a file's name; the small letters are the corpus's keywords. */
static void flags_of(const char *file, char *to) {
  static const char *names[256] = {['S'] = "\\Seen", ['R'] = "\\Answered", ['F'] = "\\Flagged", ['a'] = "$Forwarded", ['b'] = "$Label1", ['c'] = "NonJunk"};
  const char *at = strstr(file, ":2,");
  char *begin = to;
  *to = 0;
  for (at = at ? at + 3 : ""; *at; at++) {
    const char *name = names[(unsigned char)*at];
    if (name) to += sprintf(to, "%s ", name);
  }
  if (to > begin) to[-1] = 0;
}

static int sent, answered;

static void wait_for(int in_flight) {
  char tag[16];
  while (sent - answered > in_flight) {
    snprintf(tag, sizeof tag, "a%d", answered++);
    until_tagged(tag, -1);
  }
}

static void append_folder(const char *path, const char *mailbox) {
  static char *batch;
  if (!batch) batch = malloc(BATCH_BYTES + LARGEST_MESSAGE);
  if (!batch) die("malloc");
  char command[4096];
  if (strcmp(mailbox, "INBOX") != 0) {
    snprintf(command, sizeof command, "c CREATE \"%s\"\r\n", mailbox);
    puts_line(command);
    wait_for(0);
    do read_line(); while (strncmp(line, "c ", 2) != 0);
  }
  DIR *d = opendir(path);
  if (!d) return;
  size_t n = 0;
  int count = 0;
  struct dirent *entry;
  for (;;) {
    entry = readdir(d);
    if (entry && entry->d_name[0] == '.') continue;
    if (count > 0 && (!entry || n >= BATCH_BYTES || count >= BATCH_MESSAGES)) {
      snprintf(command, sizeof command, "a%d APPEND \"%s\"", sent++, mailbox);
      puts_line(command);
      put(batch, n);
      puts_line("\r\n");
      n = 0;
      count = 0;
      wait_for(BATCHES_IN_FLIGHT);
    }
    if (!entry) break;
    char file[8192];
    struct stat st;
    snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
    int fd = open(file, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) < 0) die(file);
    if (st.st_size > LARGEST_MESSAGE - 1024) die("message too large");
    char flags[256], date[64];
    struct tm day;
    flags_of(entry->d_name, flags);
    strftime(date, sizeof date, "%d-%b-%Y %H:%M:%S +0000", gmtime_r(&st.st_mtime, &day));
    n += (size_t)sprintf(batch + n, " (%s) \"%s\" {%ld+}\r\n", flags, date, (long)st.st_size);
    if (read(fd, batch + n, (size_t)st.st_size) != st.st_size) die(file);
    n += (size_t)st.st_size;
    close(fd);
    count++;
    messages++;
    bytes += st.st_size;
  }
  closedir(d);
}

static void append(const char *maildir) {
  char path[4096];
  snprintf(path, sizeof path, "%s/cur", maildir);
  append_folder(path, "INBOX");
  DIR *d = opendir(maildir);
  if (!d) die(maildir);
  struct dirent *entry;
  while ((entry = readdir(d))) {
    if (entry->d_name[0] != '.' || entry->d_name[1] == 0 || entry->d_name[1] == '.') continue;
    snprintf(path, sizeof path, "%s/%s/cur", maildir, entry->d_name);
    for (char *dot = strchr(entry->d_name + 1, '.'); dot; dot = strchr(dot, '.')) *dot = '/';
    append_folder(path, entry->d_name + 1);
  }
  wait_for(0);
}

int main(int argc, char **argv) {
  if (argc < 5) return 64;
  sign_in(atoi(argv[1]), argv[2], argv[3]);
  if (strcmp(argv[4], "fetch") == 0 && argc == 6) fetch(argv[5]);
  else if (strcmp(argv[4], "append") == 0 && argc == 6) append(argv[5]);
  else if (strcmp(argv[4], "status") == 0) {
    list("i LIST \"\" \"*\" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\r\n");
    messages = mailbox_count;
  } else return 64;
  printf("messages %ld bytes %ld\n", messages, bytes);
  return 0;
}
