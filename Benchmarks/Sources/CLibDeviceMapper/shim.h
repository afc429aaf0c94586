#include <libdevmapper.h>
#include <linux/dm-ioctl.h>
#include <linux/falloc.h>
#include <linux/fiemap.h>
#include <sys/types.h>

// GNU's, and so hidden from Swift.
int fallocate(int descriptor, int mode, off_t offset, off_t length);
