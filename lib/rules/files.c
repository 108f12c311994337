/* SPDX-License-Identifier: MIT */
/* Rule files and folders of them, read through POSIX calls that take no memory of their own (but for the folder's). */
#include "base/str.h"
#include "rules/load.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SUFFIX[] = ".rules";

/* A rule file is text for people to read; a larger file is something else. */
enum { FILE_SIZE_MAX = 64 * 1024 * 1024 };

/* Folders within folders. */
enum { DEPTH_MAX = 32 };

/* A file or folder that is still to be looked at. */
typedef struct pending {
  bdc_str path; /* NUL-terminated */
  size_t depth; /* 0: given by the caller */
} pending;

static const char *reason_of(int error) {
  switch (error) {
  case ENOENT:
  case ENOTDIR:
    return "no such file or folder";
  case EACCES:
  case EPERM:
    return "not permitted to read this";
  case ELOOP:
    return "too many symbolic links";
  case ENAMETOOLONG:
    return "the name is too long";
  case EMFILE:
  case ENFILE:
    return "too many open files";
  default:
    return "cannot be read";
  }
}

static bool no_memory(bdc__load *load) {
  bdc__load_fail(load, BDC_ERR_MEMORY);
  return false;
}

static bool add_trouble(bdc__load *load, bdc_str path, const char *trouble) {
  return bdc__load_add(load, &(bdc__input){ .name = path, .trouble = trouble, .given = true });
}

/* ---- files ---- */

/* Fills `text` from the file; false with errno. The file may have shrunk since its size was asked for. */
static bool read_all(int file, char *text, size_t size, size_t *got) {
  *got = 0;
  while (*got < size) {
    ssize_t count = read(file, text + *got, size - *got);
    if (count == 0) {
      return true;
    }
    if (count < 0 && errno != EINTR) {
      return false;
    }
    *got += count > 0 ? (size_t)count : 0;
  }
  return true;
}

static bool add_open_file(bdc__load *load, bdc_str path, int file) {
  struct stat about;
  if (fstat(file, &about) != 0) {
    return add_trouble(load, path, reason_of(errno));
  }
  if (!S_ISREG(about.st_mode)) {
    return add_trouble(load, path, "neither a regular file nor a folder");
  }
  if (about.st_size > FILE_SIZE_MAX) {
    return add_trouble(load, path, "too large for a rule file");
  }
  size_t size = 0;
  char *text = bdc__arena_alloc(&load->arena, (size_t)about.st_size + 1, 1);
  if (!text) {
    return no_memory(load);
  }
  if (!read_all(file, text, (size_t)about.st_size, &size)) {
    return add_trouble(load, path, reason_of(errno));
  }
  return bdc__load_add(load, &(bdc__input){ .name = path, .text = { text, size }, .given = true });
}

static bool add_file(bdc__load *load, bdc_str path) {
  /* Not to wait for the writer of a pipe. */
  int file = open(path.data, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) {
    return add_trouble(load, path, reason_of(errno));
  }
  bool added = add_open_file(load, path, file);
  close(file);
  return added;
}

/* ---- folders ---- */

static bool ends_with_suffix(bdc_str name) {
  size_t size = sizeof(SUFFIX) - 1;
  return name.size > size && memcmp(name.data + name.size - size, SUFFIX, size) == 0;
}

static bool joined(bdc__load *load, bdc_str folder, bdc_str name, bdc_str *out) {
  bool slash = folder.data[folder.size - 1] != '/';
  char *path = bdc__arena_alloc(&load->arena, folder.size + slash + name.size + 1, 1);
  if (!path) {
    return no_memory(load);
  }
  memcpy(path, folder.data, folder.size);
  if (slash) {
    path[folder.size] = '/';
  }
  memcpy(path + folder.size + slash, name.data, name.size);
  *out = (bdc_str){ path, folder.size + slash + name.size };
  return true;
}

/* Folders are entered by their own name only, so that no link can lead in a circle. */
static bool is_folder_itself(const char *path) {
  struct stat about;
  return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool list_folder(bdc__load *load, const pending *folder, DIR *stream, bdc__list *entries) {
  for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
    bdc_str name = bdc__str(entry->d_name);
    bdc_str path;
    if (name.data[0] == '.') {
      continue;
    }
    if (!joined(load, folder->path, name, &path)) {
      return false;
    }
    if (!ends_with_suffix(name) && (folder->depth == DEPTH_MAX || !is_folder_itself(path.data))) {
      continue;
    }
    pending *found = bdc__list_add(entries, &load->scratch, sizeof(*found));
    if (!found) {
      return no_memory(load);
    }
    *found = (pending){ path, folder->depth + 1 };
  }
  return true;
}

/* Backwards: the last is looked at first. */
static int by_path(const void *left, const void *right) {
  return bdc__str_order(((const pending *)right)->path, ((const pending *)left)->path);
}

static bool push_sorted(bdc__load *load, const bdc__list *entries, bdc__list *stack) {
  const pending *all = entries->items;
  const void **order = bdc__arena_alloc(&load->scratch, 2 * entries->count + 1, sizeof(*order));
  if (!order) {
    return no_memory(load);
  }
  for (size_t i = 0; i < entries->count; i++) {
    order[i] = &all[i];
  }
  bdc__sort(order, order + entries->count, entries->count, by_path);
  for (size_t i = 0; i < entries->count; i++) {
    pending *pushed = bdc__list_add(stack, &load->scratch, sizeof(*pushed));
    if (!pushed) {
      return no_memory(load);
    }
    *pushed = *(const pending *)order[i];
  }
  return true;
}

static bool enter_folder(bdc__load *load, const pending *folder, bdc__list *stack) {
  bdc__list entries = { 0 };
  DIR *stream = opendir(folder->path.data);
  if (!stream) {
    return add_trouble(load, folder->path, reason_of(errno));
  }
  bool listed = list_folder(load, folder, stream, &entries);
  closedir(stream);
  return listed && push_sorted(load, &entries, stack);
}

bool bdc__load_add_path(bdc__load *load, const char *path) {
  bdc__list stack = { 0 };
  size_t before = load->inputs.count;
  pending next = { .depth = 0 };
  pending *given = bdc__list_add(&stack, &load->scratch, sizeof(*given));
  if (!given || !bdc__arena_copy(&load->arena, bdc__str(path), &given->path)) {
    return no_memory(load);
  }
  bdc_str top = given->path;
  while (stack.count) {
    next = ((const pending *)stack.items)[--stack.count];
    struct stat about;
    bool folder = stat(next.path.data, &about) == 0 && S_ISDIR(about.st_mode);
    if (!(folder ? enter_folder(load, &next, &stack) : add_file(load, next.path))) {
      return false;
    }
  }
  return load->inputs.count > before || add_trouble(load, top, "no *.rules file in this folder");
}
