/*
 * The raw limit: the least a client can do on a socket. No TLS, no checksums, no fsync, no error recovery.
 *   rawimap PORT USER PASSWORD fetch DIR       every message of every mailbox, one file per mailbox
 *   rawimap PORT USER PASSWORD append MAILDIR  a Maildir++ tree up, MULTIAPPEND with LITERAL+
 *   rawimap PORT USER PASSWORD each MAILDIR    the same, a command for each message, LITERAL+, without waiting
 *   rawimap PORT USER PASSWORD wait MAILDIR    the same, each literal waits for the server; several connections
 *   rawimap PORT USER PASSWORD status          LIST with STATUS of every mailbox
 * Prints "messages N bytes N". For benchmarks on 127.0.0.1 only.
 */
#include "wire.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_MAILBOXES 5000
#define BATCH_BYTES (4 << 20)
#define BATCH_MESSAGES 200
#define BATCHES_IN_FLIGHT 4
/* Their answers must fit into the socket's buffers: nobody reads them while we write. */
#define MESSAGES_IN_FLIGHT 500
#define WAITING_CONNECTIONS 4
#define LARGEST_MESSAGE (256 << 20)

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

static enum { MULTI, EACH, WAIT } mode;
/* Of several connections, this one sends every so manieth message. */
static int share, shares = 1;

/* Waits for `+`; the answer to the message before comes in the same packet, or earlier. */
static void wait_to_go_on(void) {
  for (;;) {
    read_line();
    if (line[0] == '+') return;
    if (line[0] != 'a') continue;
    char *status = strchr(line, ' ');
    if (!status || strncmp(status + 1, "OK", 2) != 0) die(line);
    answered++;
  }
}

static char *batch;
static size_t batch_used;
static int batch_count;

static void send_batch(const char *mailbox) {
  char command[4096];
  if (batch_count == 0) return;
  snprintf(command, sizeof command, "a%d APPEND \"%s\"", sent++, mailbox);
  puts_line(command);
  put(batch, batch_used);
  puts_line("\r\n");
  batch_used = 0;
  batch_count = 0;
  wait_for(mode == MULTI ? BATCHES_IN_FLIGHT : MESSAGES_IN_FLIGHT);
}

/* The end of the message before goes with the next command: one round trip for each, not two. */
static void send_waiting(const char *mailbox, const char *head, const char *body, size_t size) {
  char command[8192];
  int n = snprintf(command, sizeof command, "%sa%d APPEND \"%s\"%s", sent > 0 ? "\r\n" : "", sent, mailbox, head);
  sent++;
  put(command, (size_t)n);
  wait_to_go_on();
  put(body, size);
}

static void append_message(const char *mailbox, const char *path, const char *name) {
  char file[8192], flags[256], date[64], head[512];
  struct stat st;
  struct tm day;
  snprintf(file, sizeof file, "%s/%s", path, name);
  int fd = open(file, O_RDONLY);
  if (fd < 0 || fstat(fd, &st) < 0) die(file);
  if (st.st_size > LARGEST_MESSAGE - 1024) die("message too large");
  flags_of(name, flags);
  strftime(date, sizeof date, "%d-%b-%Y %H:%M:%S +0000", gmtime_r(&st.st_mtime, &day));
  int n = snprintf(head, sizeof head, " (%s) \"%s\" {%ld%s}\r\n", flags, date, (long)st.st_size, mode == WAIT ? "" : "+");
  memcpy(batch + batch_used, head, (size_t)n);
  char *body = batch + batch_used + n;
  if (read(fd, body, (size_t)st.st_size) != st.st_size) die(file);
  close(fd);
  messages++;
  bytes += st.st_size;
  if (mode == WAIT) {
    send_waiting(mailbox, head, body, (size_t)st.st_size);
    return;
  }
  batch_used += (size_t)n + (size_t)st.st_size;
  batch_count++;
  if (mode == EACH || batch_used >= BATCH_BYTES || batch_count >= BATCH_MESSAGES) send_batch(mailbox);
}

static void append_folder(const char *path, const char *mailbox) {
  static int seen;
  DIR *d = opendir(path);
  if (!d) return;
  struct dirent *entry;
  while ((entry = readdir(d))) {
    if (entry->d_name[0] != '.' && seen++ % shares == share) append_message(mailbox, path, entry->d_name);
  }
  send_batch(mailbox);
  closedir(d);
}

static void create(const char *path, const char *mailbox) {
  char command[4096];
  (void)path;
  /* Dovecot makes an INBOX when it is first used, and fails when several connections are the first at once. */
  const char *verb = strcmp(mailbox, "INBOX") == 0 ? "SELECT" : "CREATE";
  snprintf(command, sizeof command, "c %s \"%s\"\r\n", verb, mailbox);
  puts_line(command);
  do read_line(); while (strncmp(line, "c ", 2) != 0);
}

static void each_folder(const char *maildir, void (*visit)(const char *path, const char *mailbox)) {
  char path[4096];
  snprintf(path, sizeof path, "%s/cur", maildir);
  visit(path, "INBOX");
  DIR *d = opendir(maildir);
  if (!d) die(maildir);
  struct dirent *entry;
  while ((entry = readdir(d))) {
    if (entry->d_name[0] != '.' || entry->d_name[1] == 0 || entry->d_name[1] == '.') continue;
    snprintf(path, sizeof path, "%s/%s/cur", maildir, entry->d_name);
    for (char *dot = strchr(entry->d_name + 1, '.'); dot; dot = strchr(dot, '.')) *dot = '/';
    visit(path, entry->d_name + 1);
  }
  closedir(d);
}

static void append(const char *maildir) {
  batch = malloc(BATCH_BYTES + LARGEST_MESSAGE);
  if (!batch) die("malloc");
  each_folder(maildir, append_folder);
  if (mode == WAIT && sent > 0) puts_line("\r\n");
  wait_for(0);
}

/* Each child with a connection of its own; they tell how much they sent by a pipe. */
static void append_by_several(int port, const char *user, const char *password, const char *maildir) {
  int told[2];
  if (pipe(told) < 0) die("pipe");
  shares = WAITING_CONNECTIONS;
  for (share = 0; share < shares; share++) {
    pid_t child = fork();
    if (child < 0) die("fork");
    if (child > 0) continue;
    messages = bytes = 0;
    sign_in(port, user, password);
    append(maildir);
    long sums[2] = {messages, bytes};
    _exit(write(told[1], sums, sizeof sums) == sizeof sums ? 0 : 1);
  }
  for (int n = 0; n < shares; n++) {
    int status;
    long sums[2];
    if (wait(&status) < 0 || status != 0 || read(told[0], sums, sizeof sums) != sizeof sums) exit(1);
    messages += sums[0];
    bytes += sums[1];
  }
}

int main(int argc, char **argv) {
  if (argc < 5) return 64;
  const char *action = argv[4];
  int port = atoi(argv[1]);
  sign_in(port, argv[2], argv[3]);
  if (strcmp(action, "fetch") == 0 && argc == 6) fetch(argv[5]);
  else if (strcmp(action, "status") == 0) {
    list("i LIST \"\" \"*\" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\r\n");
    messages = mailbox_count;
  } else if (argc == 6) {
    mode = strcmp(action, "each") == 0 ? EACH : strcmp(action, "wait") == 0 ? WAIT : MULTI;
    each_folder(argv[5], create);
    if (mode == WAIT) append_by_several(port, argv[2], argv[3], argv[5]);
    else append(argv[5]);
  } else return 64;
  printf("messages %ld bytes %ld\n", messages, bytes);
  return 0;
}
