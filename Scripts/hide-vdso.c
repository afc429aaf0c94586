// Preloaded under sanitizers in User-Mode Linux. Its vDSO has addresses that don't match where it
// is mapped; the sanitizers' runtime follows them while it looks at what is loaded, and faults.
// So it isn't shown the vDSO.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <string.h>

typedef int visitor(struct dl_phdr_info *, size_t, void *);

struct visit {
  visitor *callback;
  void *data;
};

static int visit_other(struct dl_phdr_info *info, size_t size, void *data) {
  struct visit *visit = data;
  if (strncmp(info->dlpi_name, "linux-vdso", 10) == 0) return 0;
  return visit->callback(info, size, visit->data);
}

int dl_iterate_phdr(visitor *callback, void *data) {
  int (*next)(visitor *, void *) = dlsym(RTLD_NEXT, "dl_iterate_phdr");
  return next(visit_other, &(struct visit){callback, data});
}
