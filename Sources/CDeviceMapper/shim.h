// What the package uses of libdevmapper and of the kernel's headers.
#include <libdevmapper.h>
#include <linux/fiemap.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/netlink.h>
#include <linux/stat.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <sys/sem.h>
#include <sys/vfs.h>
#include <unistd.h>

// Implemented in Swift: Swift has no variadic function, C has no other type for libdevmapper's log.
void swift_device_mapper_log(int level, const char *file, int line, int error, const char *format, ...);

static inline void swift_device_mapper_log_install(void) {
  dm_log_with_errno_init(swift_device_mapper_log);
}

// Swift refuses to call fork(), which is unsafe in a program with threads; dmfilemapd detaches before
// it has any.
static inline pid_t swift_device_mapper_fork(void) { return fork(); }

// GNU's, and so hidden from Swift.
int statx(int folder, const char *path, int flags, unsigned int mask, struct statx *status);
int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
          const sigset_t *mask);
