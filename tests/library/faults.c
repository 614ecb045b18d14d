/* Lets the n-th file system call of a process kill it, or fail.
 *
 * Loaded into Python before the C library (LD_PRELOAD). Nothing happens until `arm` is called;
 * from then on each call of one of the functions below is counted. The n-th one either ends the
 * process by SIGKILL before it does anything, or fails with an error number without doing anything.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <dirent.h>

static int countdown = 0; /* 0: not armed */
static int failure = 0;   /* 0: kill */
static int counted = 0;
static const char *hit = "";

void arm(int number, int error) {
    countdown = number;
    failure = error;
    counted = 0;
    hit = "";
}

int calls(void) { return counted; }
const char *last_hit(void) { return hit; }

static int strikes(const char *name) {
    if (countdown == 0) return 0;
    counted++;
    if (--countdown > 0) return 0;
    hit = name;
    if (failure == 0) kill(getpid(), SIGKILL);
    errno = failure;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(result, name, parameters, arguments) \
    result name parameters { \
        if (strikes(#name)) return (result)-1; \
        return REAL(name) arguments; \
    }
#define OPEN(name, parameters, arguments) \
    int name parameters { \
        mode_t mode = 0; \
        if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if (strikes(#name)) return -1; \
        return REAL(name) arguments; \
    }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
CALL(ssize_t, read, (int fd, void *data, size_t size), (fd, data, size))
CALL(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
CALL(int, fsync, (int fd), (fd))
CALL(int, fstat, (int fd, struct stat *status), (fd, status))
CALL(int, fstat64, (int fd, struct stat64 *status), (fd, status))
CALL(int, stat, (const char *path, struct stat *status), (path, status))
CALL(int, stat64, (const char *path, struct stat64 *status), (path, status))
CALL(int, lstat64, (const char *path, struct stat64 *status), (path, status))
CALL(int, rename, (const char *from, const char *to), (from, to))
CALL(int, link, (const char *from, const char *to), (from, to))
CALL(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags))
CALL(int, unlink, (const char *path), (path))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(int, chmod, (const char *path, mode_t mode), (path, mode))
CALL(int, fchmodat, (int folder, const char *path, mode_t mode, int flags), (folder, path, mode, flags))
CALL(int, chown, (const char *path, uid_t user, gid_t group), (path, user, group))
CALL(int, flock, (int fd, int how), (fd, how))
CALL(ssize_t, pread64, (int fd, void *data, size_t size, off64_t place), (fd, data, size, place))
CALL(off64_t, lseek64, (int fd, off64_t place, int from), (fd, place, from))
CALL(int, access, (const char *path, int mode), (path, mode))
CALL(int, faccessat, (int folder, const char *path, int mode, int flags), (folder, path, mode, flags))
CALL(ssize_t, readlink, (const char *path, char *data, size_t size), (path, data, size))
CALL(ssize_t, listxattr, (const char *path, char *list, size_t size), (path, list, size))
CALL(ssize_t, getxattr, (const char *path, const char *name, void *value, size_t size), (path, name, value, size))

DIR *opendir(const char *path) {
    if (strikes("opendir")) return 0;
    return REAL(opendir)(path);
}

/* A file is closed all the same, as Linux does. */
int close(int fd) {
    int failed = strikes("close");
    int result = REAL(close)(fd);
    if (failed) errno = failure;
    return failed ? -1 : result;
}
