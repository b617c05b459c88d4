/* Loaded under a program with LD_PRELOAD: appends every write, cut, sync, creation, removal and renaming of a file in
 * RECORDER_FOLDER to RECORDER_TRACE, in the order in which they took effect. One lock is held across the call and its
 * record.
 *
 * A record: kind, length of name, offset, length of data (4, 4, 8, 8 bytes), name, data. Only the shared-memory index
 * of the log (-shm) is left out: it is written through mmap, and made anew after a power cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, CUT, SYNC, SYNC_FOLDER, CREATE, REMOVE, RENAME };

#define FILES 4096
static char *name_of[FILES]; /* "" is the folder itself */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* The name below the folder; nothing for what lies elsewhere. */
static const char *inside(const char *path) {
    const char *folder = getenv("RECORDER_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return "";
    if (path[length] != '/' || strchr(path + length + 1, '/')) return NULL;
    const char *name = path + length + 1;
    size_t all = strlen(name);
    return all > 4 && !strcmp(name + all - 4, "-shm") ? NULL : name;
}

static void record(enum kind kind, const char *name, uint64_t offset, const void *data, uint64_t size) {
    if (trace < 0) trace = (int)syscall(SYS_openat, AT_FDCWD, getenv("RECORDER_TRACE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct __attribute__((packed)) { uint32_t kind, name; uint64_t offset, size; } head = { kind, (uint32_t)strlen(name), offset, size };
    struct iovec parts[] = { { &head, sizeof head }, { (void *)name, head.name }, { (void *)data, size } };
    if (syscall(SYS_writev, trace, parts, 3) != (long)(sizeof head + head.name + size)) abort();
}

static const char *known(int fd) { return fd >= 0 && fd < FILES ? name_of[fd] : NULL; }

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    const char *name = inside(path);
    if (!name) return real(path, flags, mode);
    pthread_mutex_lock(&lock);
    int is_new = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    int fd = real(path, flags, mode);
    if (fd >= 0 && fd < FILES) {
        free(name_of[fd]);
        name_of[fd] = strdup(name);
        if (is_new) record(CREATE, name, 0, NULL, 0);
        else if (flags & O_TRUNC) record(CUT, name, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define OPEN(function) \
    int function(const char *path, int flags, ...) { \
        static int (*real)(const char *, int, ...); \
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #function); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        return opened(real, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(int, "close", int);
    if (!known(fd)) return real(fd);
    pthread_mutex_lock(&lock);
    free(name_of[fd]);
    name_of[fd] = NULL;
    int done = real(fd);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!known(fd)) return real(fd, data, size);
    pthread_mutex_lock(&lock);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, data, size);
    if (done > 0) record(WRITE, name_of[fd], (uint64_t)at, data, (uint64_t)done);
    pthread_mutex_unlock(&lock);
    return done;
}

#define PWRITE(function, offset_t) \
    ssize_t function(int fd, const void *data, size_t size, offset_t at) { \
        REAL(ssize_t, #function, int, const void *, size_t, offset_t); \
        if (!known(fd)) return real(fd, data, size, at); \
        pthread_mutex_lock(&lock); \
        ssize_t done = real(fd, data, size, at); \
        if (done > 0) record(WRITE, name_of[fd], (uint64_t)at, data, (uint64_t)done); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define CUT_TO(function, offset_t) \
    int function(int fd, offset_t size) { \
        REAL(int, #function, int, offset_t); \
        if (!known(fd)) return real(fd, size); \
        pthread_mutex_lock(&lock); \
        int done = real(fd, size); \
        if (!done) record(CUT, name_of[fd], (uint64_t)size, NULL, 0); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
CUT_TO(ftruncate, off_t)
CUT_TO(ftruncate64, off64_t)

#define SYNC_WITH(function) \
    int function(int fd) { \
        REAL(int, #function, int); \
        if (!known(fd)) return real(fd); \
        pthread_mutex_lock(&lock); \
        int done = real(fd); \
        if (!done) record(*name_of[fd] ? SYNC : SYNC_FOLDER, name_of[fd], 0, NULL, 0); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
SYNC_WITH(fsync)
SYNC_WITH(fdatasync)

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    const char *name = inside(path);
    if (!name) return real(path);
    pthread_mutex_lock(&lock);
    int done = real(path);
    if (!done) record(REMOVE, name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    const char *old = inside(from), *new = inside(to);
    if (!old || !new) return real(from, to);
    pthread_mutex_lock(&lock);
    int done = real(from, to);
    if (!done) record(RENAME, old, 0, new, strlen(new));
    pthread_mutex_unlock(&lock);
    return done;
}
