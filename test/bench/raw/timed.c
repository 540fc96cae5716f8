/*
 * Runs a command and writes what it took, as the kernel counts it: timed FILE COMMAND [ARG…]
 * One line: wall microseconds, user microseconds, system microseconds, peak resident kilobytes, exit code.
 * The peak is that of the largest process, the command or a child that it has waited for. Ends as the command did.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void hand_on(int signal_number) { kill(child, signal_number); }

static long long now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long us(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

int main(int argc, char **argv) {
  if (argc < 3) return 64;
  long long begun = now_us();
  child = fork();
  if (child < 0) return 71;
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  struct sigaction pass = {.sa_handler = hand_on, .sa_flags = SA_RESTART};
  sigaction(SIGTERM, &pass, NULL);
  sigaction(SIGINT, &pass, NULL);
  int status;
  struct rusage used;
  if (wait4(child, &status, 0, &used) != child) return 71;
  long long wall = now_us() - begun;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  FILE *to = fopen(argv[1], "w");
  if (!to) return 74;
  fprintf(to, "%lld %lld %lld %ld %d\n", wall, us(used.ru_utime), us(used.ru_stime), used.ru_maxrss, code);
  return fclose(to) ? 74 : code;
}
